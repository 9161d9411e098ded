'use client';

import { EmptyState } from '@hikyaku/ui';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageHeading } from '../shell/page-heading.tsx';
import { Section } from '../shell/section.tsx';
import surface from '../shell/section.module.css';
import layout from '../shell/sides.module.css';
import { useMay } from '../shell/use-may.ts';
import { useTrpc } from '../trpc/context.ts';
import { EncryptCommands } from './encrypt-commands.tsx';
import { KeyFacts } from './key-facts.tsx';
import { KeyForm } from './key-form.tsx';
import styles from './keys-page.module.css';
import { RestoreKey } from './restore-key.tsx';
import { RetireKey } from './retire-key.tsx';
import { RotationSteps } from './rotation-steps.tsx';

/** What files for this organization are encrypted for, and how; administrators add keys here and retire them. */
export function KeysPage() {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const { data: me } = useSuspenseQuery(trpc.me.get.queryOptions());
  const { data: keys } = useSuspenseQuery(trpc.keys.list.queryOptions());
  const mayChange = useMay('administrator');
  const inUse = keys.filter((key) => key.retiredAt === null);
  const retired = keys.filter((key) => key.retiredAt !== null);
  const isUsed = inUse.length > 0;
  return (
    <>
      <div>
        <PageHeading
          name={translate('title')}
          answer={isUsed ? translate('answer', { organization: me.organization.name }) : translate('none')}
        />
        <p className={styles.lead}>{translate('lead')}</p>
      </div>
      <div className={mayChange ? layout.sides : styles.one}>
        <div className={styles.one}>
          {isUsed ? (
            <Section title={translate('inUse')}>
              {inUse.length > 1 && <p className={styles.hint}>{translate('severalHint')}</p>}
              <ul className={styles.keys}>
                {inUse.map((key) => (
                  <KeyFacts key={key.id} value={key}>
                    {mayChange && <RetireKey value={key} isLast={inUse.length === 1} />}
                  </KeyFacts>
                ))}
              </ul>
            </Section>
          ) : (
            <div className={surface.surface}>
              <EmptyState title={translate('none')}>
                {translate(mayChange ? 'noneHintAdministrator' : 'noneHint')}
              </EmptyState>
            </div>
          )}
          {isUsed && <EncryptCommands publicKeys={inUse.map(({ publicKey }) => publicKey)} />}
          {retired.length > 0 && (
            <Section title={translate('retired')}>
              <p className={styles.hint}>{translate('retiredHint')}</p>
              <ul className={styles.keys}>
                {retired.map((key) => (
                  <KeyFacts key={key.id} value={key}>
                    {mayChange && <RestoreKey value={key} />}
                  </KeyFacts>
                ))}
              </ul>
            </Section>
          )}
        </div>
        {mayChange && (
          <div className={styles.one}>
            <KeyForm />
            <RotationSteps />
          </div>
        )}
      </div>
    </>
  );
}

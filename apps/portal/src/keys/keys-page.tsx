'use client';

import { EmptyState } from '@hikyaku/ui';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageHeading } from '../shell/page-heading.tsx';
import { Section } from '../shell/section.tsx';
import surface from '../shell/section.module.css';
import { useTrpc } from '../trpc/context.ts';
import { EncryptCommands } from './encrypt-commands.tsx';
import { KeyFacts } from './key-facts.tsx';
import styles from './keys-page.module.css';

/** What files for this organization are encrypted for, and how. */
export function KeysPage() {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const { data: me } = useSuspenseQuery(trpc.me.get.queryOptions());
  const { data: keys } = useSuspenseQuery(trpc.keys.list.queryOptions());
  const inUse = keys.filter((key) => key.retiredAt === null);
  const retired = keys.filter((key) => key.retiredAt !== null);
  const [newest] = inUse;
  return (
    <>
      <div>
        <PageHeading
          name={translate('title')}
          answer={newest ? translate('answer', { organization: me.organization.name }) : translate('none')}
        />
        <p className={styles.lead}>{translate('lead')}</p>
      </div>
      {newest ? (
        <>
          <Section title={translate('inUse')}>
            {inUse.map((key) => (
              <KeyFacts key={key.id} value={key} />
            ))}
          </Section>
          <EncryptCommands publicKey={newest.publicKey} />
        </>
      ) : (
        <div className={surface.surface}>
          <EmptyState title={translate('none')}>{translate('noneHint')}</EmptyState>
        </div>
      )}
      {retired.length > 0 && (
        <Section title={translate('retired')}>
          <p className={styles.hint}>{translate('retiredHint')}</p>
          {retired.map((key) => (
            <KeyFacts key={key.id} value={key} />
          ))}
        </Section>
      )}
    </>
  );
}

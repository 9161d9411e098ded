'use client';

import type { ApiTokenSummary } from '@hikyaku/types';
import { EmptyState } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import { TokenRow } from './token-row.tsx';
import styles from './tokens-page.module.css';

/** Those that work; those that don't any more are folded away. */
export function TokenList({ tokens }: { tokens: readonly ApiTokenSummary[] }) {
  const translate = useTranslations('tokens');
  const working = tokens.filter(({ state }) => state === 'active');
  const others = tokens.filter(({ state }) => state !== 'active');
  return (
    <Section title={translate('working')}>
      {working.length === 0 ? (
        <EmptyState title={translate('none')}>{translate('noneHint')}</EmptyState>
      ) : (
        <ul className={styles.tokens}>
          {working.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>{translate('others', { count: others.length })}</summary>
          <ul className={styles.tokens}>
            {others.map((token) => (
              <TokenRow key={token.id} token={token} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

'use client';

import { Copyable, Moment } from '@hikyaku/ui';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AppRouter } from '../trpc/app-router.ts';
import styles from './keys-page.module.css';

export type Key = inferRouterOutputs<AppRouter>['keys']['list'][number];

/** One public key: to copy, to compare, who can open what is encrypted for it, and since when. */
export function KeyFacts({ value: key, children }: { value: Key; children?: ReactNode }) {
  const translate = useTranslations('keys');
  return (
    <li className={styles.key}>
      {key.label !== null && <h3 className={styles.label}>{key.label}</h3>}
      <dl className={styles.facts}>
        <div>
          <dt>{translate('publicKey')}</dt>
          <dd className={styles.publicKey}>
            <Copyable label={translate('publicKey')} value={key.publicKey} />
          </dd>
        </div>
        <div>
          <dt>{translate('fingerprint')}</dt>
          <dd>
            <code translate="no">{key.fingerprint}</code>
          </dd>
        </div>
        <div>
          <dt>{translate('privateKey')}</dt>
          <dd>
            {translate(`heldBy.${key.heldBy}`)}
            {key.heldBy === 'organization' && <p className={styles.quiet}>{translate('heldByMeans')}</p>}
          </dd>
        </div>
        <div>
          <dt>{translate('created')}</dt>
          <dd>
            <Moment at={key.createdAt} />
          </dd>
        </div>
        {key.retiredAt && (
          <div>
            <dt>{translate('retiredAt')}</dt>
            <dd>
              <Moment at={key.retiredAt} />
            </dd>
          </div>
        )}
      </dl>
      {children}
    </li>
  );
}

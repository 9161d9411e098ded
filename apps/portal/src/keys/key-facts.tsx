'use client';

import { Copyable, Moment } from '@hikyaku/ui';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import type { AppRouter } from '../trpc/app-router.ts';
import styles from './keys-page.module.css';

type Key = inferRouterOutputs<AppRouter>['keys']['list'][number];

/** One public key: to copy, to compare, and since when. */
export function KeyFacts({ value: key }: { value: Key }) {
  const translate = useTranslations('keys');
  return (
    <dl className={styles.key}>
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
  );
}

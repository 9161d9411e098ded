'use client';

import type { ApiTokenSummary } from '@hikyaku/types';
import { Moment } from '@hikyaku/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Question } from '../shell/question.tsx';
import { useTrpc } from '../trpc/context.ts';
import { scopeTextKeys } from './scope-text-keys.ts';
import styles from './tokens-page.module.css';

/** One token: what it may do, when it was used, until when it works; and taking it back, asked twice. */
export function TokenRow({ token }: { token: ApiTokenSummary }) {
  const isRevocable = token.state === 'active' || token.state === 'ownerless';
  return (
    <li className={styles.token}>
      <div className={styles.facts}>
        <div>
          <span className={styles.name}>{token.name}</span>
          <code className={styles.end} translate="no">
            hky_…{token.lastFour}
          </code>
        </div>
        <TokenFacts token={token} />
      </div>
      {isRevocable && <RevokeToken token={token} />}
    </li>
  );
}

function TokenFacts({ token }: { token: ApiTokenSummary }) {
  const translate = useTranslations('tokens');
  return (
    <>
      {token.state !== 'active' && <div className={styles.stopped}>{translate(`state.${token.state}`)}</div>}
      <div className={styles.quiet}>
        {token.scopes.map((scope) => translate(`scope.${scopeTextKeys[scope]}`)).join(translate('comma'))}
        {' · '}
        {token.datasetSlugs.length === 0 ? translate('everyDataset') : token.datasetSlugs.join(translate('comma'))}
      </div>
      <ul className={styles.moments}>
        <li>
          {token.lastUsedAt ? (
            <>
              {translate('lastUsed')} <Moment at={token.lastUsedAt} />
            </>
          ) : (
            translate('neverUsed')
          )}
        </li>
        <li>
          {translate('expires')} <Moment at={token.expiresAt} />
        </li>
        <li>
          {translate('made.by', { name: token.createdBy ?? translate('somebodyGone') })} <Moment at={token.createdAt} />
        </li>
      </ul>
    </>
  );
}

function RevokeToken({ token }: { token: ApiTokenSummary }) {
  const translate = useTranslations('tokens');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.tokens.list.pathFilter()),
    }),
  );
  const { name } = token;
  return (
    <Question
      ask={translate('revoke')}
      about={translate('revokeOf', { name })}
      yes={translate('revokeNow')}
      no={translate('keep')}
      isGrave
      onYes={() => revoke.mutateAsync({ tokenId: token.id })}
    >
      {translate('revokeMeans', { name })}
    </Question>
  );
}

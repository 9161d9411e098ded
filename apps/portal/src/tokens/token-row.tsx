'use client';

import type { ApiTokenSummary } from '@hikyaku/types';
import { Moment } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import { scopeTextKeys } from './scope-text-keys.ts';
import styles from './tokens-page.module.css';

/** One token: what it may do, when it was used, until when it works; and taking it back, asked twice. */
export function TokenRow({ token }: { token: ApiTokenSummary }) {
  const translate = useTranslations('tokens');
  const [asking, setAsking] = useState(false);
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
      {isRevocable && !asking && (
        <Button
          size="xs"
          variant="default"
          aria-label={translate('revokeOf', { name: token.name })}
          onClick={() => setAsking(true)}
        >
          {translate('revoke')}
        </Button>
      )}
      {asking && <RevokeQuestion token={token} onClose={() => setAsking(false)} />}
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

function RevokeQuestion({ token, onClose }: { token: ApiTokenSummary; onClose: () => void }) {
  const translate = useTranslations('tokens');
  const question = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; the answer that can't be undone is not one key away.
  useEffect(() => question.current?.focus(), []);
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.tokens.list.pathFilter()),
    }),
  );
  return (
    <fieldset className={styles.question} aria-label={translate('revokeOf', { name: token.name })}>
      <p ref={question} tabIndex={-1}>
        {translate('revokeMeans', { name: token.name })}
      </p>
      {revoke.error && <FailureNotice failure={failureOf(revoke.error)} />}
      <div className={styles.answers}>
        <Button
          size="xs"
          className={styles.act}
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ tokenId: token.id })}
        >
          {translate('revokeNow')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {translate('keep')}
        </Button>
      </div>
    </fieldset>
  );
}

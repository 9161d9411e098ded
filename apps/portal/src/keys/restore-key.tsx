'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import type { Key } from './key-facts.tsx';
import styles from './keys-page.module.css';

/** Takes a retirement back. */
export function RestoreKey({ value: key }: { value: Key }) {
  const translate = useTranslations('keys');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const restore = useMutation(
    trpc.keys.restore.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.keys.list.pathFilter()),
    }),
  );
  return (
    <>
      {restore.error && <FailureNotice failure={failureOf(restore.error)} />}
      <Button
        size="xs"
        variant="default"
        className={styles.button}
        aria-label={translate('restoreOf', { name: key.label ?? key.fingerprint })}
        loading={restore.isPending}
        onClick={() => restore.mutate({ keyId: key.id })}
      >
        {translate('restore')}
      </Button>
    </>
  );
}

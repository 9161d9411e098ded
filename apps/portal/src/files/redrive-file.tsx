'use client';

import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './redrive.module.css';

/** Puts a file in line again that may end differently now. */
export function RedriveFile({ fileId }: { fileId: string }) {
  const translate = useTranslations('file');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const redrive = useMutation(
    trpc.files.redrive.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.files.get.queryFilter({ fileId })),
    }),
  );
  return (
    <div className={styles.redrive}>
      <Button
        size="sm"
        variant="default"
        loading={redrive.isPending}
        aria-describedby="redrive-hint"
        onClick={() => redrive.mutate({ fileId })}
      >
        {translate('redrive')}
      </Button>
      <p id="redrive-hint" className={styles.hint}>
        {translate('redriveHint')}
      </p>
      {redrive.error && <FailureNotice failure={failureOf(redrive.error)} />}
    </div>
  );
}

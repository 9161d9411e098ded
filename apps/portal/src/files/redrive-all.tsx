'use client';

import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './redrive.module.css';

/** Puts all files that failed in line again, asked twice. Nothing where none failed. */
export function RedriveAll() {
  const translate = useTranslations('files');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const failed = useQuery(trpc.files.failed.queryOptions());
  const redrive = useMutation(
    trpc.files.redriveAll.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: () => queryClient.invalidateQueries(trpc.files.pathFilter()),
    }),
  );
  const count = failed.data?.count ?? 0;
  return (
    <div className={styles.all}>
      <output className={styles.result}>
        {redrive.data && translate('redriven', { count: redrive.data.redriven })}
        {redrive.data && redrive.data.left > 0 && ` ${translate('redriveLeft', { count: redrive.data.left })}`}
      </output>
      {redrive.error && <FailureNotice failure={failureOf(redrive.error)} />}
      {count > 0 && !asking && (
        <Button size="sm" variant="default" onClick={() => setAsking(true)}>
          {translate('redriveAll', { count })}
        </Button>
      )}
      {asking && (
        <Question
          count={count}
          isPending={redrive.isPending}
          onYes={() => redrive.mutate({})}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  );
}

interface QuestionProps {
  count: number;
  isPending: boolean;
  onYes: () => void;
  onNo: () => void;
}

function Question({ count, isPending, onYes, onNo }: QuestionProps) {
  const translate = useTranslations('files');
  const question = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone.
  useEffect(() => question.current?.focus(), []);
  return (
    <fieldset className={styles.question} aria-label={translate('redriveAll', { count })}>
      <p ref={question} tabIndex={-1}>
        {translate('redriveAllMeans', { count })}
      </p>
      <div className={styles.answers}>
        <Button size="xs" loading={isPending} onClick={onYes}>
          {translate('redriveAllNow')}
        </Button>
        <Button size="xs" variant="default" onClick={onNo}>
          {translate('redriveAllNotNow')}
        </Button>
      </div>
    </fieldset>
  );
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Question } from '../shell/question.tsx';
import { useTrpc } from '../trpc/context.ts';
import styles from './redrive.module.css';

/** Puts all files that failed in line again, asked twice. Nothing where none failed. */
export function RedriveAll() {
  const translate = useTranslations('files');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const failed = useQuery(trpc.files.failed.queryOptions());
  const redrive = useMutation(
    trpc.files.redriveAll.mutationOptions({
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
      {count > 0 && (
        <Question
          ask={translate('redriveAll', { count })}
          about={translate('redriveAll', { count })}
          yes={translate('redriveAllNow')}
          no={translate('redriveAllNotNow')}
          size="sm"
          onYes={() => redrive.mutateAsync({})}
        >
          {translate('redriveAllMeans', { count })}
        </Question>
      )}
    </div>
  );
}

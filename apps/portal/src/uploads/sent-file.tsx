'use client';

import { fileStateText } from '@hikyaku/texts';
import type { FileState } from '@hikyaku/types';
import { ByteSize, FileName, StateBadge, Timeline } from '@hikyaku/ui';
import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { isGoing } from '../files/is-going.ts';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import unseen from '../shell/unseen.module.css';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/** While rows are read nothing is announced; else only should an announcement get lost. */
const askAgainMilliseconds = { takingIn: 1_000, going: 4_000 };

/** A file that has arrived: what becomes of it, without leaving the page. */
export function SentFile({ fileId, queueId }: { fileId: string; queueId: string }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const trpc = useTrpc();
  const queue = useUploadQueueHandle();
  const query = useQuery({
    ...trpc.files.get.queryOptions({ fileId }),
    refetchInterval: ({ state }) => pace(state.data?.state),
  });
  const file = query.data;
  if (!file) {
    return (
      <li className={styles.row}>
        {query.error ? (
          <FailureNotice failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton height="36px" />
        )}
      </li>
    );
  }
  const going = isGoing(file.state);
  const told = { rejectedRows: file.counts?.rejected, causeCode: file.cause?.code };
  const stateText = fileStateText(file.state, locale, told);
  const removeLabel = translate('removeFile', { name: file.fileName });
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name}>
          <Link href={`/files/${file.id}`}>
            <FileName name={file.fileName} />
          </Link>
          <span className={styles.under}>
            {file.dataset && <span>{file.dataset.name[locale]}</span>}
            {file.sizeBytes !== null && <ByteSize bytes={file.sizeBytes} />}
          </span>
        </span>
        <span className={styles.state}>
          <StateBadge state={file.state} counts={file.counts} cause={file.cause} />
        </span>
        <output className={unseen.unseen}>
          {going ? '' : translate('finished', { name: file.fileName, state: stateText })}
        </output>
        {!going && (
          <ActionIcon
            variant="subtle"
            size="lg"
            className={styles.action}
            aria-label={removeLabel}
            title={removeLabel}
            onClick={() => queue.remove(queueId)}
          >
            <IconX size={20} stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      <div className={styles.timeline}>
        <Timeline file={file} />
      </div>
    </li>
  );
}

function pace(state: FileState | undefined): number | false {
  if (state === 'taking_in') return askAgainMilliseconds.takingIn;
  return state === undefined || isGoing(state) ? askAgainMilliseconds.going : false;
}

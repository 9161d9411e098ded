'use client';

import { describeError } from '@hikyaku/texts';
import { ErrorNotice, FileName } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { type Failure, failureOf } from '../trpc/failure.ts';
import { SentFile } from './sent-file.tsx';
import { UploadProgressLine } from './upload-progress-line.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/** One file of the queue: its bar while it is being sent, its timeline as soon as it has arrived. */
export function UploadRow({ upload }: { upload: QueuedUpload }) {
  if (upload.state === 'done' && upload.uploadId) return <SentFile fileId={upload.uploadId} queueId={upload.id} />;
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name}>
          <FileName name={upload.fileName} />
        </span>
        <RowAction upload={upload} />
      </div>
      <RowBody upload={upload} />
    </li>
  );
}

function RowBody({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  if (upload.state === 'cancelled') {
    return (
      <div className={styles.cancelled}>
        {translate('cancelled')}
        <Button size="compact-sm" variant="subtle" onClick={() => queue.retry(upload.id)}>
          {translate('sendAgain')}
        </Button>
      </div>
    );
  }
  if (upload.state !== 'failed') return <UploadProgressLine upload={upload} />;
  const failure = failureOf(upload.error);
  return (
    <ErrorNotice text={describeError(failure, locale)} code={failure.code} referenceId={failure.referenceId}>
      {mayHelpToRepeat(failure) && (
        <Button size="xs" variant="default" onClick={() => queue.retry(upload.id)}>
          {translate('sendAgain')}
        </Button>
      )}
    </ErrorNotice>
  );
}

/** An empty file stays empty; a line that broke may hold the next time. */
function mayHelpToRepeat({ code, retriable }: Failure): boolean {
  return (
    retriable ||
    ['internal', 'storage-refused', 'object-missing', 'size-mismatch', 'checksum-mismatch', 'upload-not-open'].includes(
      code,
    )
  );
}

function RowAction({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const queue = useUploadQueueHandle();
  const settled = upload.state === 'failed' || upload.state === 'cancelled';
  const label = translate(settled ? 'removeFile' : 'cancelFile', { name: upload.fileName });
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      className={styles.action}
      aria-label={label}
      title={label}
      onClick={() => (settled ? queue.remove(upload.id) : queue.cancel(upload.id))}
    >
      <IconX size={20} stroke={1.75} />
    </ActionIcon>
  );
}

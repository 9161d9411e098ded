'use client';

import { FileName } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { ActionIcon, Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { FailedUpload } from './failed-upload.tsx';
import { InterruptedUpload } from './interrupted-upload.tsx';
import { SentFile } from './sent-file.tsx';
import { useDatasetName } from './use-dataset-name.ts';
import { UploadProgressLine } from './upload-progress-line.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/**
 * One file of the queue: its bar while it is being sent, its timeline as soon as it has arrived. Drawn again when it is another one: of
 * fifty rows of a folder six change at a time.
 */
export const UploadRow = memo(function UploadRow({ upload }: { upload: QueuedUpload }) {
  const datasetName = useDatasetName(upload.destination);
  if (upload.state === 'done' && upload.uploadId) return <SentFile fileId={upload.uploadId} queueId={upload.id} />;
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name}>
          <FileName name={upload.fileName} />
          <span className={styles.under}>{datasetName}</span>
        </span>
        <RowActions upload={upload} />
      </div>
      <RowBody upload={upload} />
    </li>
  );
});

function RowBody({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
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
  if (upload.state === 'interrupted') return <InterruptedUpload upload={upload} />;
  if (upload.state === 'failed') return <FailedUpload upload={upload} />;
  return <UploadProgressLine upload={upload} />;
}

function RowActions({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const queue = useUploadQueueHandle();
  const { id, state, fileName: name } = upload;
  if (state === 'failed' || state === 'cancelled') {
    return <RowAction label={translate('removeFile', { name })} icon={IconX} onClick={() => queue.remove(id)} />;
  }
  if (state === 'interrupted') {
    return <RowAction label={translate('giveUpFile', { name })} icon={IconX} onClick={() => queue.cancel(id)} />;
  }
  return (
    <>
      {/* One button, so that the focus stays where it is. */}
      {state === 'paused' ? (
        <RowAction label={translate('resumeFile', { name })} icon={IconPlayerPlay} onClick={() => queue.resume(id)} />
      ) : (
        <RowAction label={translate('pauseFile', { name })} icon={IconPlayerPause} onClick={() => queue.pause(id)} />
      )}
      <RowAction label={translate('cancelFile', { name })} icon={IconX} onClick={() => queue.cancel(id)} />
    </>
  );
}

function RowAction({ label, icon: Icon, onClick }: { label: string; icon: typeof IconX; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" size="lg" className={styles.action} aria-label={label} title={label} onClick={onClick}>
      <Icon size={20} stroke={1.75} />
    </ActionIcon>
  );
}

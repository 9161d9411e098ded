'use client';

import { describeError } from '@hikyaku/texts';
import { ErrorNotice } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { FindOutWhy } from '../connection/find-out-why.tsx';
import { type Failure, failureOf } from '../trpc/failure.ts';
import { ChooseFile } from './choose-file.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/** A file that was not sent: why, what may help, and the way to send it after all. */
export function FailedUpload({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const failure = failureOf(upload.error);
  const sendAgain = () => queue.retry(upload.id);
  return (
    <>
      <ErrorNotice text={describeError(failure, locale)} code={failure.code} referenceId={failure.referenceId}>
        {failure.code === 'file-changed' && <ChosenOnceMore upload={upload} />}
        {mayHelpToRepeat(failure) && (
          <Button size="xs" variant="default" onClick={sendAgain}>
            {translate(failure.retriable && upload.sentBytes > 0 ? 'goOn' : 'sendAgain')}
          </Button>
        )}
      </ErrorNotice>
      <FindOutWhy
        failure={{ ...failure, fileName: upload.fileName, sizeBytes: upload.totalBytes }}
        onSendAgain={sendAgain}
      />
    </>
  );
}

/** A browser reads nothing of a file that was saved over since it was chosen. */
function ChosenOnceMore({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const queue = useUploadQueueHandle();
  const [isOther, setIsOther] = useState(false);
  const { id, fileName: name } = upload;
  const take = (file: File) => {
    const isSame = name === file.name || name.endsWith(`/${file.name}`);
    setIsOther(!isSame);
    if (isSame) queue.retry(id, file);
  };
  return (
    <>
      <ChooseFile
        handle={queue.handleOf(id)}
        label={translate('chooseAndSend')}
        inputLabel={translate('chooseAgain', { name })}
        onFile={take}
      />
      {isOther && (
        <p role="alert" className={styles.other}>
          {translate('otherName', { name })}
        </p>
      )}
    </>
  );
}

/** An empty file stays empty; a line that broke may hold the next time. */
function mayHelpToRepeat({ code, retriable }: Failure): boolean {
  return (
    retriable ||
    [
      'internal',
      'unauthenticated',
      'body-limit',
      'clock-skew',
      'storage-full',
      'storage-key-denied',
      'storage-refused',
      'object-missing',
      'size-mismatch',
      'checksum-mismatch',
      'upload-not-open',
    ].includes(code)
  );
}

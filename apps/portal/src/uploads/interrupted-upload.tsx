'use client';

import { formatBytes } from '@hikyaku/texts';
import { ProgressBar } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { reopenFile } from './reopen-file.ts';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/** A file that an earlier page began to send: where it stopped, and the way to go on. */
export function InterruptedUpload({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const input = useRef<HTMLInputElement>(null);
  const [isOther, setIsOther] = useState(false);
  const take = (file: File | undefined) => {
    if (file) setIsOther(!queue.goOn(upload.id, file));
  };
  const goOn = async () => {
    const file = upload.canReopen ? await reopenFile(queue.handleOf(upload.id)) : undefined;
    // Chosen by hand where the browser can't open it by itself, or is not let.
    if (file) take(file);
    else input.current?.click();
  };
  return (
    <div>
      {upload.sentBytes > 0 && (
        <ProgressBar
          label={translate('progressOf', { name: upload.fileName })}
          value={upload.sentBytes}
          of={upload.totalBytes}
        />
      )}
      <p className={styles.interrupted}>
        {translate(upload.canReopen ? 'interrupted' : 'interruptedChoose', {
          size: formatBytes(upload.totalBytes, locale),
        })}
      </p>
      <Button size="xs" variant="default" onClick={() => void goOn()}>
        {translate(upload.canReopen ? 'goOn' : 'chooseToGoOn')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={translate('chooseAgain', { name: upload.fileName })}
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      {isOther && (
        <p role="alert" className={styles.other}>
          {translate('otherFile', { name: upload.fileName })}
        </p>
      )}
    </div>
  );
}

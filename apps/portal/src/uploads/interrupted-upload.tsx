'use client';

import { formatBytes } from '@hikyaku/texts';
import { ProgressBar } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChooseFile } from './choose-file.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './upload-row.module.css';

/** A file that an earlier page began to send: where it stopped, and the way to go on. */
export function InterruptedUpload({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const [isOther, setIsOther] = useState(false);
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
      <ChooseFile
        handle={queue.handleOf(upload.id)}
        label={translate(upload.canReopen ? 'goOn' : 'chooseToGoOn')}
        inputLabel={translate('chooseAgain', { name: upload.fileName })}
        onFile={(file) => setIsOther(!queue.goOn(upload.id, file))}
      />
      {isOther && (
        <p role="alert" className={styles.other}>
          {translate('otherFile', { name: upload.fileName })}
        </p>
      )}
    </div>
  );
}

'use client';

import { formatBytes, formatDuration, formatSpeed } from '@hikyaku/texts';
import { ProgressBar } from '@hikyaku/ui';
import type { QueuedUpload } from '@hikyaku/upload-client';
import { useLocale, useTranslations } from 'next-intl';
import styles from './upload-row.module.css';

/** A bar, and in figures how much, how fast and how long still. */
export function UploadProgressLine({ upload }: { upload: QueuedUpload }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  return (
    <div>
      <ProgressBar
        label={translate('progressOf', { name: upload.fileName })}
        value={upload.sentBytes}
        of={upload.totalBytes}
      />
      <div className={styles.figures}>
        {upload.state === 'sending' || upload.state === 'paused' ? (
          <>
            <span>
              {translate('sentOf', {
                sent: formatBytes(upload.sentBytes, locale),
                total: formatBytes(upload.totalBytes, locale),
              })}
            </span>
            {upload.state === 'paused' && <span>{translate('paused')}</span>}
            {upload.bytesPerSecond > 0 && <span>{formatSpeed(upload.bytesPerSecond, locale)}</span>}
            {upload.secondsLeft !== null && (
              <span>{translate('left', { time: formatDuration(upload.secondsLeft, locale) })}</span>
            )}
          </>
        ) : (
          <span>{stateText(upload, translate)}</span>
        )}
      </div>
    </div>
  );
}

function stateText(upload: QueuedUpload, translate: ReturnType<typeof useTranslations<'upload'>>): string {
  if (upload.state === 'waiting') return translate('waiting');
  return translate(upload.state === 'preparing' ? 'preparing' : 'confirming');
}

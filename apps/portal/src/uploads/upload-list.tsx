'use client';

import { formatBytes, formatDuration } from '@hikyaku/texts';
import { ProgressBar } from '@hikyaku/ui';
import type { QueuedUpload, QueuedUploadState } from '@hikyaku/upload-client';
import { useNetwork } from '@mantine/hooks';
import { useLocale, useTranslations } from 'next-intl';
import { createLatePart } from '../shell/create-late-part.ts';
import { Section } from '../shell/section.tsx';
import { useLatePart } from '../shell/use-late-part.ts';
import { HaltedNote } from './halted-note.tsx';
import { ProgressAnnouncer } from './progress-announcer.tsx';
import styles from './upload-list.module.css';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import { UploadRow } from './upload-row.tsx';
import { useUploadQueue } from './use-upload-queue.ts';

/** Above this the files are tallied, and most of them not drawn. */
const mostWhole = 30;

const many = createLatePart(async () => (await import('./many-uploads.tsx')).ManyUploads);
const interruptedNote = createLatePart(async () => (await import('./interrupted-note.tsx')).InterruptedNote);

/** Every file of the queue, the newest first, and one bar for all of them while several are on their way. */
export function UploadList() {
  const translate = useTranslations('upload');
  const { uploads } = useUploadQueue();
  const { online } = useNetwork();
  const isMany = uploads.length > mostWhole;
  const { part: ManyUploads } = useLatePart(many, isMany);
  const { part: InterruptedNote } = useLatePart(interruptedNote, has(uploads, ['interrupted']));
  if (uploads.length === 0) return null;
  return (
    <Section title={translate('queue')}>
      {!online && <output className={styles.offline}>{translate('offline')}</output>}
      <HaltedNote />
      {InterruptedNote && <InterruptedNote uploads={uploads} />}
      <Total />
      <ProgressAnnouncer />
      {isMany && ManyUploads ? (
        <ManyUploads uploads={uploads} />
      ) : (
        <ul className={styles.list}>
          {uploads
            .slice(-mostWhole)
            .toReversed()
            .map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
        </ul>
      )}
    </Section>
  );
}

function Total() {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const { total, uploads } = useUploadQueue();
  if (total.files < 2 || total.filesDone === total.files) return null;
  const label = translate('total', { done: total.filesDone, count: total.files });
  const sent = { sent: formatBytes(total.sentBytes, locale), total: formatBytes(total.totalBytes, locale) };
  return (
    <div className={styles.total}>
      <div className={styles.totalText}>
        <strong>{label}</strong>
        <span>{translate('sentOf', sent)}</span>
        {total.secondsLeft !== null && (
          <span>{translate('left', { time: formatDuration(total.secondsLeft, locale) })}</span>
        )}
        <span className={styles.all}>
          {has(uploads, goingStates) && (
            <button type="button" onClick={queue.pauseAll}>
              {translate('pauseAll')}
            </button>
          )}
          {has(uploads, ['paused']) && (
            <button type="button" onClick={queue.resumeAll}>
              {translate('resumeAll')}
            </button>
          )}
          <button type="button" onClick={queue.cancelAll}>
            {translate('cancelAll')}
          </button>
        </span>
      </div>
      <ProgressBar label={label} value={total.sentBytes} of={total.totalBytes} />
    </div>
  );
}

const goingStates = ['waiting', 'preparing', 'sending', 'confirming'] as const satisfies QueuedUploadState[];

function has(uploads: readonly QueuedUpload[], states: readonly QueuedUploadState[]): boolean {
  return uploads.some(({ state }) => states.includes(state));
}

'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import styles from './upload-list.module.css';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import { useUploadQueue } from './use-upload-queue.ts';

/** The session is over while files are on their way: they are kept here, and go on once somebody is signed in again. */
export function HaltedNote() {
  const translate = useTranslations('upload.halted');
  const queue = useUploadQueueHandle();
  const { halted } = useUploadQueue();
  if (!halted) return null;
  return (
    <div role="alert" className={styles.halted}>
      <p>{translate('text')}</p>
      <div className={styles.noteButtons}>
        {/* In a page of its own: this one holds the files. */}
        <Button size="xs" component="a" href="/sign-in?expired=1" target="_blank" rel="noopener">
          {translate('signIn')}
        </Button>
        <Button size="xs" variant="default" onClick={queue.resumeAll}>
          {translate('goOn')}
        </Button>
      </div>
    </div>
  );
}

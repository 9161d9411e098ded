'use client';

import type { QueuedUpload } from '@hikyaku/upload-client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Question } from '../shell/question.tsx';
import { reopenFile } from './reopen-file.ts';
import styles from './upload-list.module.css';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';

/** Where several files were interrupted: how to go on with all of them at once. */
export function InterruptedNote({ uploads }: { uploads: readonly QueuedUpload[] }) {
  const translate = useTranslations('upload');
  const queue = useUploadQueueHandle();
  const [notReopened, setNotReopened] = useState(0);
  const interrupted = uploads.filter(({ state }) => state === 'interrupted');
  const reopenable = interrupted.filter(({ canReopen }) => canReopen);
  if (interrupted.length < 2) return null;
  const goOnWithAll = async () => {
    let failed = 0;
    for (const { id } of reopenable) {
      // One after the other: the browser may ask for each.
      const file = await reopenFile(queue.handleOf(id));
      if (!file || !queue.goOn(id, file)) failed += 1;
    }
    setNotReopened(failed);
  };
  const giveUpAll = async () => {
    for (const { id } of interrupted) queue.cancel(id);
  };
  return (
    <div className={styles.note}>
      <p>{translate('interruptedMany', { count: interrupted.length })}</p>
      {notReopened > 0 && <p role="alert">{translate('notReopened', { count: notReopened })}</p>}
      <div className={styles.noteButtons}>
        {reopenable.length > 0 && (
          <Button size="xs" onClick={() => void goOnWithAll()}>
            {translate('goOnWithInterrupted')}
          </Button>
        )}
        <Question
          ask={translate('giveUpAll')}
          about={translate('giveUpAll')}
          yes={translate('giveUpAllNow')}
          no={translate('keepAll')}
          isGrave
          onYes={giveUpAll}
        >
          {translate('giveUpAllMeans', { count: interrupted.length })}
        </Question>
      </div>
    </div>
  );
}

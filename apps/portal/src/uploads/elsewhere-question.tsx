'use client';

import type { FileToQueue } from '@hikyaku/upload-client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useDatasetName } from './use-dataset-name.ts';
import styles from './upload-list.module.css';

export interface Elsewhere {
  /** All that was chosen together. */
  files: readonly FileToQueue[];
  /** What of it was interrupted, and on its way where. */
  interrupted: readonly { file: FileToQueue; destination: string }[];
}

interface ElsewhereQuestionProps {
  elsewhere: Elsewhere;
  /** Chosen now. */
  destination: string;
  onGoOn: () => void;
  onSendHere: () => void;
  onCancel: () => void;
}

/** Files that are on their way to one dataset were dropped while another one is chosen: sent to both they would be in both tables. */
export function ElsewhereQuestion({ elsewhere, destination, onGoOn, onSendHere, onCancel }: ElsewhereQuestionProps) {
  const translate = useTranslations('upload.elsewhere');
  const there = useDatasetName(elsewhere.interrupted[0]?.destination ?? destination);
  const here = useDatasetName(destination);
  return (
    <div role="alert" className={styles.question}>
      <p>{translate('question', { count: elsewhere.interrupted.length, dataset: there })}</p>
      <div className={styles.noteButtons}>
        <Button size="xs" onClick={onGoOn}>
          {translate('goOn', { dataset: there })}
        </Button>
        <Button size="xs" variant="default" onClick={onSendHere}>
          {translate('sendHere', { dataset: here })}
        </Button>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          {translate('neither')}
        </Button>
      </div>
    </div>
  );
}

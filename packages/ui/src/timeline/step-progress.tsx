'use client';

import { formatCount } from '@hikyaku/texts';
import type { FileDetail } from '@hikyaku/types';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import { ProgressBar } from '../progress-bar.tsx';
import styles from './timeline.module.css';

/** How far the worker has read, as a thin bar and in lines. */
export function StepProgress({
  progress,
  sizeBytes,
}: {
  progress: NonNullable<FileDetail['progress']>;
  sizeBytes: number | null;
}) {
  const { locale } = useUiLocale();
  const text = uiTexts[locale].rowsRead(formatCount(progress.rowsRead, locale));
  return (
    <div className={styles.progress}>
      {sizeBytes !== null && <ProgressBar label={text} value={progress.bytesRead} of={sizeBytes} />}
      <div className={styles.quiet}>{text}</div>
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import unseen from '../shell/unseen.module.css';
import { useUploadQueue } from './use-upload-queue.ts';

const steps = 4;

/** Tells a screen reader each quarter of what is being sent, and no more: a bar alone is silent. */
export function ProgressAnnouncer() {
  const translate = useTranslations('upload');
  const { total } = useUploadQueue();
  const isGoing = total.files > total.filesDone && total.totalBytes > 0;
  const step = isGoing ? Math.floor((total.sentBytes / total.totalBytes) * steps) : 0;
  return (
    <output className={unseen.unseen}>
      {step > 0 && translate('announced', { percent: (step * 100) / steps, count: total.files - total.filesDone })}
    </output>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import styles from './sending-sign.module.css';
import { useUploadQueue } from './use-upload-queue.ts';

/** While files are being sent and another page is open: how far they are, and the way back. */
export function SendingSign() {
  const translate = useTranslations('navigation');
  const { total } = useUploadQueue();
  const count = total.files - total.filesDone;
  if (count === 0) return null;
  const percent = total.totalBytes === 0 ? 0 : Math.floor((total.sentBytes / total.totalBytes) * 100);
  return (
    <Link href="/" className={styles.sign}>
      {translate('sending', { count, percent })}
    </Link>
  );
}

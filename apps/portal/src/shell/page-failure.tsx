'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { failureOfDigest } from '../trpc/page-error.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './page-failure.module.css';

/** A page that could not be drawn, and a way to have it drawn again. */
export function PageFailure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const translate = useTranslations('error');
  const router = useRouter();
  const drawAgain = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div>
      <h1 className={styles.title}>{translate('title')}</h1>
      <FailureNotice failure={failureOfDigest(error.digest)} onRetry={drawAgain} />
    </div>
  );
}

'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { failureOf } from '../trpc/failure.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './more-button.module.css';

interface MoreButtonProps {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => Promise<unknown>;
  };
}

/** The next page of a list, by key; what has been shown stays. */
export function MoreButton({ query }: MoreButtonProps) {
  const translate = useTranslations('common');
  if (!query.hasNextPage) return null;
  const fetchNext = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <FailureNotice failure={failureOf(query.error)} onRetry={fetchNext} />;
  return (
    <div className={styles.more}>
      <Button variant="default" loading={query.isFetchingNextPage} onClick={fetchNext}>
        {translate('loadMore')}
      </Button>
    </div>
  );
}

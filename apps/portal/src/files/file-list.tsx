'use client';

import { EmptyState } from '@hikyaku/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import surface from '../shell/section.module.css';
import { Skeleton } from '../shell/skeleton.tsx';
import { useMay } from '../shell/use-may.ts';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import styles from './file-list.module.css';
import { FileTable } from './file-table.tsx';
import { filesInput } from './files-input.ts';
import { RedriveAll } from './redrive-all.tsx';
import { SentenceOfTheDay } from './sentence-of-the-day.tsx';
import { useLiveFiles } from './use-live-files.ts';

/** All files of the organization, newest first, or those that need somebody. */
export function FileList({ needsYou }: { needsYou: boolean }) {
  const translate = useTranslations('files');
  const mayRedrive = useMay('operator');
  useLiveFiles();
  return (
    <>
      <PageHeading name={translate('title')} answer={<SentenceOfTheDay />} />
      <div>
        <nav className={styles.filter} aria-label={translate('filter')}>
          <Link href="/files" aria-current={needsYou ? undefined : 'true'}>
            {translate('all')}
          </Link>
          <Link href="/files?show=needs-you" aria-current={needsYou ? 'true' : undefined}>
            {translate('needsYou')}
          </Link>
          <span className={styles.keys}>{translate('keys')}</span>
        </nav>
        {needsYou && mayRedrive && <RedriveAll />}
        <Rows needsYou={needsYou} />
      </div>
    </>
  );
}

function Rows({ needsYou }: { needsYou: boolean }) {
  const translate = useTranslations('files');
  const trpc = useTrpc();
  const query = useInfiniteQuery(
    trpc.files.list.infiniteQueryOptions(filesInput(needsYou), { getNextPageParam: (page) => page.nextCursor }),
  );
  const files = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <Skeleton height="320px" />;
  if (query.error && files.length === 0) {
    return <FailureNotice failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      <div className={surface.surface}>
        {files.length === 0 ? (
          <EmptyState title={translate(needsYou ? 'noneNeedYou' : 'empty')}>
            {translate(needsYou ? 'noneNeedYouHint' : 'emptyHint')}
          </EmptyState>
        ) : (
          <FileTable files={files} caption={translate('title')} reasons={needsYou} />
        )}
      </div>
      <MoreButton query={query} />
    </>
  );
}

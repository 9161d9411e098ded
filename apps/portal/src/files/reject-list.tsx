'use client';

import { describeRejectReason, formatCount } from '@hikyaku/texts';
import type { Reject } from '@hikyaku/types';
import { Figure } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { FailureNotice } from '../shell/failure-notice.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Section } from '../shell/section.tsx';
import { Skeleton } from '../shell/skeleton.tsx';
import { useTrpc } from '../trpc/context.ts';
import { failureOf } from '../trpc/failure.ts';
import { pageSize } from './page-size.ts';
import styles from './reject-list.module.css';

/** The lines that were left out, each with the cell at fault. */
export function RejectList({ fileId, total, isDownloadable }: RejectListProps) {
  const translate = useTranslations('file');
  const locale = useLocale();
  const trpc = useTrpc();
  const query = useInfiniteQuery(
    trpc.files.rejects.infiniteQueryOptions(
      { fileId, limit: pageSize.rejects },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rejects = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = { shown: formatCount(rejects.length, locale), total: formatCount(total, locale) };
  return (
    <div>
      <Section
        title={translate('rejects')}
        more={<span className={styles.shown}>{rejects.length > 0 && translate('rejectsShown', shown)}</span>}
      >
        <div className={styles.top}>
          <p className={styles.hint}>{translate('rejectsHint')}</p>
          {isDownloadable && (
            <Button
              component="a"
              href={`/api/files/${fileId}/rejects.csv?locale=${locale}`}
              download
              variant="default"
              leftSection={<IconDownload size={18} stroke={1.75} aria-hidden="true" />}
            >
              {translate('download')}
            </Button>
          )}
        </div>
        {query.isPending && <Skeleton height="160px" />}
        {query.error && rejects.length === 0 && (
          <FailureNotice failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {rejects.length > 0 && <RejectTable rejects={rejects} />}
      </Section>
      <MoreButton query={query} />
    </div>
  );
}

interface RejectListProps {
  fileId: string;
  /** Refused lines; one may have several faults, each in a row of its own. */
  total: number;
  isDownloadable: boolean;
}

function RejectTable({ rejects }: { rejects: readonly Reject[] }) {
  const translate = useTranslations('file');
  return (
    <table className={styles.table}>
      <caption className={styles.unseen}>{translate('rejects')}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.number}>
            {translate('line')}
          </th>
          <th scope="col">{translate('column')}</th>
          <th scope="col">{translate('value')}</th>
          <th scope="col">{translate('reason')}</th>
        </tr>
      </thead>
      <tbody>
        {rejects.map((reject) => (
          <RejectRow key={reject.id} reject={reject} />
        ))}
      </tbody>
    </table>
  );
}

function RejectRow({ reject }: { reject: Reject }) {
  const translate = useTranslations('file');
  const locale = useLocale();
  const { code, details } = reject;
  return (
    <tr>
      <th scope="row" className={styles.number}>
        <span className={styles.label} aria-hidden="true">
          {translate('line')}{' '}
        </span>
        <Figure value={reject.lineNumber} />
      </th>
      <td className={styles.column}>{reject.column ?? translate('wholeLine')}</td>
      <td className={styles.value}>
        <mark className={styles.cell} data-empty={!reject.value || undefined}>
          {reject.value || translate('emptyValue')}
        </mark>
      </td>
      <td className={styles.reason}>{describeRejectReason({ code, details }, locale)}</td>
    </tr>
  );
}

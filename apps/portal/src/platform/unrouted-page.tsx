'use client';

import { describeFileError } from '@hikyaku/texts';
import { ByteSize, Copyable, EmptyState, Moment } from '@hikyaku/ui';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { pageSize } from '../files/page-size.ts';
import { MoreButton } from '../shell/more-button.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import surface from '../shell/section.module.css';
import { useTrpc } from '../trpc/context.ts';
import styles from './unrouted-page.module.css';

/** Objects that reached storage and belong to nobody. For platform administrators. */
export function UnroutedPage() {
  const translate = useTranslations('unrouted');
  const locale = useLocale();
  const trpc = useTrpc();
  const query = useSuspenseInfiniteQuery(
    trpc.platform.unrouted.infiniteQueryOptions(
      { limit: pageSize.unrouted },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const arrivals = query.data.pages.flatMap((page) => page.items);
  if (arrivals.length === 0) {
    return (
      <>
        <PageHeading name={translate('title')} answer={translate('none')} />
        <div className={surface.surface}>
          <EmptyState title={translate('none')}>{translate('noneHint')}</EmptyState>
        </div>
      </>
    );
  }
  const count = arrivals.length;
  return (
    <>
      <div>
        <PageHeading
          name={translate('title')}
          answer={query.hasNextPage ? translate('summaryMore', { count }) : translate('summary', { count })}
        />
        <p className={styles.lead}>{translate('lead')}</p>
      </div>
      <div>
        <div className={surface.surface}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{translate('key')}</th>
                <th scope="col">{translate('cause')}</th>
                <th scope="col">{translate('size')}</th>
                <th scope="col">{translate('recordedAt')}</th>
              </tr>
            </thead>
            <tbody>
              {arrivals.map((arrival) => (
                <tr key={arrival.id}>
                  <th scope="row" className={styles.key}>
                    <Copyable label={translate('key')} value={arrival.key} />
                    <span className={styles.quiet}>{arrival.bucket}</span>
                  </th>
                  <td>{arrival.cause ? describeFileError(arrival.cause, locale).whatHappened : '–'}</td>
                  <td className={styles.tight}>
                    <ByteSize bytes={arrival.sizeBytes} />
                  </td>
                  <td className={styles.tight}>
                    <Moment at={arrival.recordedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <MoreButton query={query} />
      </div>
    </>
  );
}

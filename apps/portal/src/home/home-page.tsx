'use client';

import { EmptyState } from '@hikyaku/ui';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { FileTable } from '../files/file-table.tsx';
import { pageSize } from '../files/page-size.ts';
import { SentenceOfTheDay } from '../files/sentence-of-the-day.tsx';
import { useLiveFiles } from '../files/use-live-files.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { Section } from '../shell/section.tsx';
import { useTrpc } from '../trpc/context.ts';
import { Uploader } from '../uploads/uploader.tsx';

/** How the day stands, a place to drop files, what needs somebody, what came last. */
export function HomePage() {
  const translate = useTranslations('home');
  const trpc = useTrpc();
  const { data: datasets } = useSuspenseQuery(trpc.datasets.list.queryOptions());
  useLiveFiles();
  return (
    <>
      <PageHeading name={translate('title')} answer={<SentenceOfTheDay />} />
      <Uploader datasets={datasets} />
      <NeedsYou />
      <Recent />
    </>
  );
}

function NeedsYou() {
  const translate = useTranslations('home');
  const trpc = useTrpc();
  const { data } = useSuspenseQuery(trpc.files.list.queryOptions({ limit: pageSize.needsYou, needsYou: true }));
  if (data.items.length === 0) return null;
  const all = data.nextCursor && <Link href="/files?show=needs-you">{translate('needsYouAll')}</Link>;
  return (
    <Section title={translate('needsYou')} more={all}>
      <FileTable files={data.items} caption={translate('needsYou')} reasons />
    </Section>
  );
}

function Recent() {
  const translate = useTranslations('home');
  const trpc = useTrpc();
  const { data } = useSuspenseQuery(trpc.files.list.queryOptions({ limit: pageSize.recent }));
  return (
    <Section title={translate('recent')} more={<Link href="/files">{translate('recentAll')}</Link>}>
      {data.items.length === 0 ? (
        <EmptyState title={translate('recentEmpty')}>{translate('recentEmptyHint')}</EmptyState>
      ) : (
        <FileTable files={data.items} caption={translate('recent')} />
      )}
    </Section>
  );
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageSize } from '../../../files/page-size.ts';
import { HomePage } from '../../../home/home-page.tsx';
import { load } from '../../../trpc/load.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('home'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  await load(
    Promise.all([
      queryClient.fetchQuery(trpc.datasets.list.queryOptions()),
      queryClient.fetchQuery(trpc.keys.list.queryOptions()),
      queryClient.fetchQuery(trpc.files.today.queryOptions()),
      queryClient.fetchQuery(trpc.files.list.queryOptions({ limit: pageSize.needsYou, needsYou: true })),
      queryClient.fetchQuery(trpc.files.list.queryOptions({ limit: pageSize.recent })),
    ]),
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <HomePage />
    </HydrationBoundary>
  );
}

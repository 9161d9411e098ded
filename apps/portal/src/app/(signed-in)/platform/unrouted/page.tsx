import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { pageSize } from '../../../../files/page-size.ts';
import { UnroutedPage } from '../../../../platform/unrouted-page.tsx';
import { load } from '../../../../trpc/load.ts';
import { serverTrpc } from '../../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('unrouted'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  const list = trpc.platform.unrouted.infiniteQueryOptions(
    { limit: pageSize.unrouted },
    { getNextPageParam: (page) => page.nextCursor },
  );
  await load(queryClient.fetchInfiniteQuery(list));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <UnroutedPage />
    </HydrationBoundary>
  );
}

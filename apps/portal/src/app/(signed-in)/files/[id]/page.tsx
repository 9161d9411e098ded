import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { FilePage } from '../../../../files/file-page.tsx';
import { pageSize } from '../../../../files/page-size.ts';
import { load } from '../../../../trpc/load.ts';
import { serverTrpc } from '../../../../trpc/server.ts';

export async function generateMetadata({ params }: PageProps<'/files/[id]'>): Promise<Metadata> {
  const { id } = await params;
  const { queryClient, trpc } = await serverTrpc();
  const file = await load(queryClient.fetchQuery(trpc.files.get.queryOptions({ fileId: id })));
  return { title: file.fileName };
}

export default async function Page({ params }: PageProps<'/files/[id]'>) {
  const { id } = await params;
  const { queryClient, trpc } = await serverTrpc();
  const file = await load(queryClient.fetchQuery(trpc.files.get.queryOptions({ fileId: id })));
  if (file.counts && file.counts.rejected > 0) {
    await queryClient.prefetchInfiniteQuery(
      trpc.files.rejects.infiniteQueryOptions(
        { fileId: id, limit: pageSize.rejects },
        { getNextPageParam: (page) => page.nextCursor },
      ),
    );
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FilePage fileId={id} />
    </HydrationBoundary>
  );
}

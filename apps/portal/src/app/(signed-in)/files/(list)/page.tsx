import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FileList } from '../../../../files/file-list.tsx';
import { filesInput } from '../../../../files/files-input.ts';
import { load } from '../../../../trpc/load.ts';
import { serverTrpc } from '../../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('files'))('title') };
}

export default async function Page({ searchParams }: PageProps<'/files'>) {
  const needsYou = (await searchParams)['show'] === 'needs-you';
  const { queryClient, trpc } = await serverTrpc();
  const list = trpc.files.list.infiniteQueryOptions(filesInput(needsYou), {
    getNextPageParam: (page) => page.nextCursor,
  });
  await load(
    Promise.all([queryClient.fetchQuery(trpc.files.today.queryOptions()), queryClient.fetchInfiniteQuery(list)]),
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FileList needsYou={needsYou} />
    </HydrationBoundary>
  );
}

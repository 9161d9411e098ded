import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { TokensPage } from '../../../tokens/tokens-page.tsx';
import { load } from '../../../trpc/load.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tokens'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  const me = await load(queryClient.fetchQuery(trpc.me.get.queryOptions()));
  if (me.role !== 'administrator') notFound();
  await load(
    Promise.all([
      queryClient.fetchQuery(trpc.tokens.list.queryOptions()),
      queryClient.fetchQuery(trpc.datasets.list.queryOptions()),
    ]),
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TokensPage />
    </HydrationBoundary>
  );
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeysPage } from '../../../keys/keys-page.tsx';
import { load } from '../../../trpc/load.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('keys'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  await load(
    Promise.all([
      queryClient.fetchQuery(trpc.me.get.queryOptions()),
      queryClient.fetchQuery(trpc.keys.list.queryOptions()),
    ]),
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <KeysPage />
    </HydrationBoundary>
  );
}

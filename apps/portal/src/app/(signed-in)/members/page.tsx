import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { MembersPage } from '../../../members/members-page.tsx';
import { load } from '../../../trpc/load.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  const me = await load(queryClient.fetchQuery(trpc.me.get.queryOptions()));
  if (me.role !== 'administrator') notFound();
  await load(
    Promise.all([
      queryClient.fetchQuery(trpc.members.list.queryOptions()),
      queryClient.fetchQuery(trpc.invitations.list.queryOptions()),
    ]),
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <MembersPage />
    </HydrationBoundary>
  );
}

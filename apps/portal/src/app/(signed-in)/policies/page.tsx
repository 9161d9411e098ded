import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { PoliciesPage } from '../../../policies/policies-page.tsx';
import { load } from '../../../trpc/load.ts';
import { serverTrpc } from '../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('policies'))('title') };
}

export default async function Page() {
  const { queryClient, trpc } = await serverTrpc();
  const me = await load(queryClient.fetchQuery(trpc.me.get.queryOptions()));
  if (me.role !== 'administrator') notFound();
  return <PoliciesPage />;
}

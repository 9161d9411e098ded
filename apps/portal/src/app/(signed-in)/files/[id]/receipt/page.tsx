import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReceiptPage } from '../../../../../receipts/receipt-page.tsx';
import { load } from '../../../../../trpc/load.ts';
import { serverTrpc } from '../../../../../trpc/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('receipt'))('title') };
}

export default async function Page({ params }: PageProps<'/files/[id]/receipt'>) {
  const { id } = await params;
  const { queryClient, trpc } = await serverTrpc();
  const { receipt } = await load(queryClient.fetchQuery(trpc.files.receipt.queryOptions({ fileId: id })));
  return <ReceiptPage receipt={receipt} />;
}

import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callerName } from '@hikyaku/types';
import { SignedInShell } from '../../shell/signed-in-shell.tsx';
import { ClientProvider } from '../../trpc/client-provider.tsx';
import { load } from '../../trpc/load.ts';
import { serverTrpc } from '../../trpc/server.ts';

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { queryClient, trpc } = await serverTrpc();
  const me = await load(queryClient.fetchQuery(trpc.me.get.queryOptions()));
  const caller = callerName(me);
  return (
    <ClientProvider key={caller} caller={caller}>
      <HydrationBoundary state={dehydrate(queryClient)}>
        <SignedInShell me={me}>{children}</SignedInShell>
      </HydrationBoundary>
    </ClientProvider>
  );
}

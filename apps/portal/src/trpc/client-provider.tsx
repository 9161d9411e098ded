'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { callerHeader } from '@hikyaku/types';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import { goToSignIn } from '../sign-in/go-to-sign-in.ts';
import type { AppRouter } from './app-router.ts';
import { TrpcProvider } from './context.ts';
import { failureOf } from './failure.ts';
import { makeQueryClient } from './make-query-client.ts';

const url = '/api/trpc';

/**
 * The API for client components: calls in batches, subscriptions as server-sent events.
 *
 * @param caller For whom this page was made: once somebody else has signed in, its calls are refused.
 */
export function ClientProvider({ caller, children }: { caller?: string; children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(signInWhenExpired));
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: (operation) => operation.type === 'subscription',
          true: httpSubscriptionLink({
            url,
            transformer: superjson,
            ...(caller !== undefined && { connectionParams: { [callerHeader]: caller } }),
          }),
          false: httpBatchLink({
            url,
            transformer: superjson,
            // Beyond 16 KB with all its headers a server refuses a request.
            maxURLLength: 12_000,
            ...(caller !== undefined && { headers: { [callerHeader]: caller } }),
          }),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TrpcProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TrpcProvider>
    </QueryClientProvider>
  );
}

function signInWhenExpired(error: unknown): void {
  if (failureOf(error).code === 'unauthenticated') goToSignIn();
}

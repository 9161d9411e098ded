import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { cache } from 'react';
import superjson from 'superjson';
import { env } from '../env.ts';
import type { AppRouter } from './app-router.ts';
import { makeQueryClient } from './make-query-client.ts';

const timeoutMilliseconds = 15_000;

/** The API for server components, with the visitor's own cookie; one cache per request. */
export const serverTrpc = cache(async () => {
  const visitor = await headers();
  const queryClient = makeQueryClient();
  const client = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${env().apiUrl}/api/trpc`,
        transformer: superjson,
        headers: () => passedOn(visitor),
        fetch: (url, init) =>
          fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMilliseconds) }),
      }),
    ],
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
});

/** Who asks, and from where; nothing else of the visitor's request. */
function passedOn(visitor: Headers): Record<string, string> {
  return Object.fromEntries(
    ['cookie', 'x-forwarded-for', 'user-agent'].flatMap((name) => {
      const value = visitor.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

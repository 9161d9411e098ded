'use client';

import { useDocumentVisibility, useThrottledCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useTrpc } from '../trpc/context.ts';

/** Lists and the day's counts are asked for again at most this often, however many files move. */
const calmMilliseconds = 700;

/**
 * Keeps lists and files on this page up to date. A hidden tab lets its stream go, for a browser holds only six
 * connections to a server over HTTP/1.1, and asks again when it is seen.
 */
export function useLiveFiles(): void {
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  const refreshLists = useThrottledCallback(() => {
    void queryClient.invalidateQueries(trpc.files.list.pathFilter());
    void queryClient.invalidateQueries(trpc.files.today.pathFilter());
    void queryClient.invalidateQueries(trpc.files.failed.pathFilter());
  }, calmMilliseconds);

  useSubscription(
    trpc.files.watchList.subscriptionOptions(
      {},
      {
        enabled: visible,
        // What changed between the drawing of the page and now.
        onStarted: () => {
          void queryClient.invalidateQueries(trpc.files.get.pathFilter());
          refreshLists();
        },
        onData: ({ data }) => {
          void queryClient.invalidateQueries(trpc.files.get.queryFilter({ fileId: data.id }));
          refreshLists();
        },
      },
    ),
  );
}

'use client';

import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo } from 'react';
import { useTrpc } from '../trpc/context.ts';
import { createCalmCaller } from './create-calm-caller.ts';

/**
 * Keeps lists and files on this page up to date. A hidden tab lets its stream go, for a browser holds only six
 * connections to a server over HTTP/1.1, and asks again when it is seen.
 */
export function useLiveFiles(): void {
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  const lists = useMemo(
    () =>
      createCalmCaller(() => {
        void queryClient.invalidateQueries(trpc.files.list.pathFilter());
        void queryClient.invalidateQueries(trpc.files.today.pathFilter());
        void queryClient.invalidateQueries(trpc.files.failed.pathFilter());
      }),
    [queryClient, trpc],
  );
  useEffect(() => lists.stop, [lists]);

  useSubscription(
    trpc.files.watchList.subscriptionOptions(
      {},
      {
        enabled: visible,
        // What changed between the drawing of the page and now.
        onStarted: () => {
          void queryClient.invalidateQueries(trpc.files.get.pathFilter());
          lists.call();
        },
        onData: ({ data }) => {
          void queryClient.invalidateQueries(trpc.files.get.queryFilter({ fileId: data.id }));
          lists.call();
        },
      },
    ),
  );
}

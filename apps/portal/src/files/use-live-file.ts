'use client';

import type { FileDetail } from '@hikyaku/types';
import { useDocumentVisibility } from '@mantine/hooks';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useTrpc } from '../trpc/context.ts';
import { isGoing } from './is-going.ts';

const askAgainMilliseconds = 10_000;

/** One file, as it is now and as it changes. */
export function useLiveFile(fileId: string): FileDetail {
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  const { data: file } = useSuspenseQuery({
    ...trpc.files.get.queryOptions({ fileId }),
    // Should the stream be cut by something between here and the server.
    refetchInterval: ({ state }) => (state.data && isGoing(state.data.state) ? askAgainMilliseconds : false),
  });
  useSubscription(
    trpc.files.watch.subscriptionOptions(
      { fileId },
      {
        enabled: visible,
        onData: ({ data }) => queryClient.setQueryData(trpc.files.get.queryKey({ fileId }), data),
      },
    ),
  );
  return file;
}

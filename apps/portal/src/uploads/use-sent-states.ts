'use client';

import { type FileState, mostStatesAtOnce, type RowCounts } from '@hikyaku/types';
import type { UploadQueue } from '@hikyaku/upload-client';
import { useEffect, useState } from 'react';
import { isGoing } from '../files/is-going.ts';
import { useTrpcClient } from '../trpc/context.ts';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';

interface SentState {
  state: FileState;
  counts: RowCounts | null;
}

export type SentStates = ReadonlyMap<string, SentState>;

const askAgainMilliseconds = 2_000;

/** What becomes of the queue's files that have arrived, by their ids; asked for many at a time. */
export function useSentStates(): SentStates {
  const api = useTrpcClient();
  const queue = useUploadQueueHandle();
  const [states, setStates] = useState<SentStates>(new Map());
  useEffect(() => {
    const known = new Map<string, SentState>();
    let isAsking = false;
    const ask = async () => {
      const fileIds = openIds(queue, known);
      if (isAsking || fileIds.length === 0) return;
      isAsking = true;
      const found = await api.files.states.query({ fileIds }).catch(() => []);
      isAsking = false;
      for (const { id, ...state } of found) known.set(id, state);
      if (found.length > 0) setStates(new Map(known));
    };
    const timer = setInterval(() => void ask(), askAgainMilliseconds);
    return () => clearInterval(timer);
  }, [api, queue]);
  return states;
}

/** Arrived, and still moving as far as is known. From another place each time, so that none waits behind slow ones. */
function openIds(queue: UploadQueue, known: SentStates): string[] {
  const open = queue
    .getSnapshot()
    .uploads.filter(({ state }) => state === 'done')
    .flatMap(({ uploadId }) => uploadId ?? [])
    .filter((id) => isGoing(known.get(id)?.state ?? 'sending'));
  const from = open.length > mostStatesAtOnce ? Math.floor(Math.random() * open.length) : 0;
  return [...open.slice(from), ...open.slice(0, from)].slice(0, mostStatesAtOnce);
}

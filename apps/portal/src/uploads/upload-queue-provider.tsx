'use client';

import { createUploadQueue, openUploadMemory, type UploadQueue } from '@hikyaku/upload-client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { HikyakuError } from '@hikyaku/types';
import { stayWhile } from '../shell/stay-while.ts';
import { useTrpcClient } from '../trpc/context.ts';
import { createUploadPort } from './create-upload-port.ts';

const UploadQueueContext = createContext<UploadQueue | null>(null);

/**
 * Holds the queue above the pages, so that going to another page does not stop what is being sent.
 *
 * @param owner Whose uploads this browser remembers: a person in an organization.
 */
export function UploadQueueProvider({ owner, children }: { owner: string; children: ReactNode }) {
  const api = useTrpcClient();
  const [queue] = useState(() => {
    const portOf = (datasetSlug: string) => createUploadPort(api, datasetSlug);
    // This runs on the server too, which remembers nothing.
    return createUploadQueue({ portOf, ...(typeof indexedDB !== 'undefined' && { memory: openUploadMemory(owner) }) });
  });
  useEffect(() => lookWhenShown(queue), [queue]);
  useEffect(() => stayWithFiles(queue), [queue]);
  return <UploadQueueContext value={queue}>{children}</UploadQueueContext>;
}

export function useUploadQueueHandle(): UploadQueue {
  const queue = useContext(UploadQueueContext);
  if (!queue) throw new Error('used outside of UploadQueueProvider');
  return queue;
}

/** A tab with unsent bytes asks before it closes, and tells of an ended session beside them. */
function stayWithFiles(queue: UploadQueue): () => void {
  const isSending = () => {
    const { files, filesDone } = queue.getSnapshot().total;
    return filesDone < files;
  };
  return stayWhile(isSending, window, () => queue.halt(new HikyakuError('unauthenticated')));
}

/** Another tab may have been closed, or have crashed, while this one lay behind it. */
function lookWhenShown(queue: UploadQueue): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') void queue.lookForInterrupted();
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}

'use client';

import { createUploadQueue, type UploadQueue } from '@hikyaku/upload-client';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const UploadQueueContext = createContext<UploadQueue | null>(null);

/** Holds the queue above the pages, so that going to another page does not stop what is being sent. */
export function UploadQueueProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(() => createUploadQueue());
  useEffect(() => askBeforeLeaving(queue), [queue]);
  return <UploadQueueContext value={queue}>{children}</UploadQueueContext>;
}

export function useUploadQueueHandle(): UploadQueue {
  const queue = useContext(UploadQueueContext);
  if (!queue) throw new Error('used outside of UploadQueueProvider');
  return queue;
}

/** A tab with unsent bytes asks before it closes. */
function askBeforeLeaving(queue: UploadQueue): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    const { files, filesDone } = queue.getSnapshot().total;
    if (filesDone < files) event.preventDefault();
  };
  addEventListener('beforeunload', ask);
  return () => removeEventListener('beforeunload', ask);
}

'use client';

import type { UploadQueueSnapshot } from '@hikyaku/upload-client';
import { useSyncExternalStore } from 'react';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';

/** The queue as it stands; draws again with each change. */
export function useUploadQueue(): UploadQueueSnapshot {
  const queue = useUploadQueueHandle();
  return useSyncExternalStore(queue.subscribe, queue.getSnapshot, queue.getSnapshot);
}

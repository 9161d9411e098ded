import type { HikyakuError } from '@hikyaku/types';
import type { UploadFileOptions } from './upload-file.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadPhase, UploadProgress } from './upload-progress.ts';

export type QueuedUploadState = 'waiting' | UploadPhase | 'failed' | 'cancelled';

/** One file of the queue as it stands; replaced, never changed. */
export interface QueuedUpload extends Readonly<Omit<UploadProgress, 'phase'>> {
  /** The queue's own; the upload's id comes with `uploadId`. */
  readonly id: string;
  readonly fileName: string;
  readonly state: QueuedUploadState;
  /** Of a `failed` upload: hand it to `describeError`. */
  readonly error: HikyakuError | null;
}

export interface UploadQueueSnapshot {
  /** In the order they were added. */
  readonly uploads: readonly QueuedUpload[];
  readonly total: UploadQueueTotal;
}

/** All uploads that were neither cancelled nor failed, together. */
export interface UploadQueueTotal {
  readonly files: number;
  readonly filesDone: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** Fits React: `useSyncExternalStore(queue.subscribe, queue.getSnapshot)`. Methods need no `this`. */
export interface UploadQueue {
  /** Starts as soon as there is a place; returns the queue's id of the file. */
  add(file: UploadFileOptions['file'], port: UploadPort): string;
  cancel(id: string): void;
  cancelAll(): void;
  /** Sends a failed or cancelled file again, as a new upload. */
  retry(id: string): void;
  /** Takes a settled file off the list. */
  remove(id: string): void;
  subscribe(listener: () => void): () => void;
  getSnapshot(): UploadQueueSnapshot;
}

export declare function createUploadQueue(options?: {
  /** Files sent at the same time. Default 3. */
  concurrency?: number;
  /** Default `uploadFile`. */
  upload?: (options: UploadFileOptions) => Promise<{ uploadId: string }>;
}): UploadQueue;

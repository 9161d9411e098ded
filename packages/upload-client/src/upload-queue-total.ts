import type { QueuedUpload } from './queued-upload.ts';

/** All uploads of a queue that are on their way or have arrived, together. */
export interface UploadQueueTotal {
  readonly files: number;
  readonly filesDone: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  /** Null while nothing is being sent or no speed is known. */
  readonly secondsLeft: number | null;
}

const uncounted = new Set<QueuedUpload['state']>(['failed', 'cancelled', 'interrupted']);

export function totalOf(uploads: readonly QueuedUpload[]): UploadQueueTotal {
  const total = { files: 0, filesDone: 0, sentBytes: 0, totalBytes: 0, bytesPerSecond: 0 };
  for (const upload of uploads) {
    if (uncounted.has(upload.state)) continue;
    total.files += 1;
    if (upload.state === 'done') total.filesDone += 1;
    total.sentBytes += upload.sentBytes;
    total.totalBytes += upload.totalBytes;
    // A file that is being confirmed still carries the speed of its last bytes.
    if (upload.state === 'sending') total.bytesPerSecond += upload.bytesPerSecond;
  }
  const { bytesPerSecond, sentBytes, totalBytes } = total;
  return { ...total, secondsLeft: bytesPerSecond > 0 ? (totalBytes - sentBytes) / bytesPerSecond : null };
}

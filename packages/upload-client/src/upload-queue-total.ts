import type { QueuedUpload } from './queued-upload.ts';

/** All uploads of a queue that have neither failed nor been cancelled, together. */
export interface UploadQueueTotal {
  readonly files: number;
  readonly filesDone: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  /** Null while nothing is being sent or no speed is known. */
  readonly secondsLeft: number | null;
}

export function totalOf(uploads: readonly QueuedUpload[]): UploadQueueTotal {
  const counted = uploads.filter(({ state }) => state !== 'failed' && state !== 'cancelled');
  const sentBytes = sum(counted.map((upload) => upload.sentBytes));
  const totalBytes = sum(counted.map((upload) => upload.totalBytes));
  // A file that is being confirmed still carries the speed of its last bytes.
  const sending = counted.filter(({ state }) => state === 'sending');
  const bytesPerSecond = sum(sending.map((upload) => upload.bytesPerSecond));
  return {
    files: counted.length,
    filesDone: counted.filter(({ state }) => state === 'done').length,
    sentBytes,
    totalBytes,
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? (totalBytes - sentBytes) / bytesPerSecond : null,
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

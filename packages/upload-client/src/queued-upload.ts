import type { HikyakuError } from '@hikyaku/types';
import type { UploadPhase, UploadProgress } from './upload-progress.ts';

export type QueuedUploadState = 'waiting' | UploadPhase | 'paused' | 'failed' | 'cancelled';

/** One file of the queue as it stands; replaced, never changed. */
export interface QueuedUpload extends Readonly<Omit<UploadProgress, 'phase'>> {
  /** The queue's own; the upload's id comes with `uploadId`. */
  readonly id: string;
  readonly fileName: string;
  readonly state: QueuedUploadState;
  /** Of a `failed` upload: hand it to `describeError`. */
  readonly error: HikyakuError | null;
}

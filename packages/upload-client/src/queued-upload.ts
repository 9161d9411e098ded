import type { HikyakuError } from '@hikyaku/types';
import type { UploadPhase, UploadProgress } from './upload-progress.ts';

/** `interrupted`: an earlier page began it and is gone; it can be gone on with once its file is there again. */
export type QueuedUploadState = 'waiting' | UploadPhase | 'paused' | 'interrupted' | 'failed' | 'cancelled';

/** One file of the queue as it stands; replaced, never changed. */
export interface QueuedUpload extends Readonly<Omit<UploadProgress, 'phase'>> {
  /** The queue's own; the upload's id comes with `uploadId`. */
  readonly id: string;
  /** With its folders, where it came in some. */
  readonly fileName: string;
  readonly destination: string;
  readonly state: QueuedUploadState;
  /** Of an `interrupted` one: the browser can open the file again, after asking. */
  readonly canReopen: boolean;
  /** Of a `failed` upload: hand it to `describeError`. */
  readonly error: HikyakuError | null;
}

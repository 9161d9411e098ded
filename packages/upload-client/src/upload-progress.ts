export type UploadPhase = 'preparing' | 'sending' | 'confirming' | 'done';

/** How far one upload is. A try that failed starts again from 0 bytes; with several parts, of its part alone. */
export interface UploadProgress {
  phase: UploadPhase;
  /** Known from `sending` on. While `preparing`, the first bytes are being digested. */
  uploadId: string | null;
  sentBytes: number;
  totalBytes: number;
  /** Smoothed over the last seconds; 0 until known. */
  bytesPerSecond: number;
  /** Null until the speed is known. */
  secondsLeft: number | null;
}

import { measureSpeed, secondsLeft, startSpeed } from './speed-estimate.ts';
import type { UploadPhase, UploadProgress } from './upload-progress.ts';

export interface ProgressReporter {
  enter: (phase: UploadPhase, uploadId: string | null) => void;
  sent: (sentBytes: number) => void;
}

/** Turns what happens into `UploadProgress`. `now` is in milliseconds and never goes back. */
export function createProgressReporter(
  totalBytes: number,
  onProgress: (progress: UploadProgress) => void,
  now: () => number = () => performance.now(),
): ProgressReporter {
  let phase: UploadPhase = 'preparing';
  let uploadId: string | null = null;
  let sentBytes = 0;
  let speed = startSpeed(now());

  const report = () =>
    onProgress({
      phase,
      uploadId,
      sentBytes,
      totalBytes,
      bytesPerSecond: speed.bytesPerSecond ?? 0,
      secondsLeft: secondsLeft(speed, totalBytes - sentBytes),
    });
  return {
    enter(nextPhase, nextUploadId) {
      phase = nextPhase;
      uploadId = nextUploadId;
      // All is sent from here on, even if a 412 told so before the last byte.
      if (phase === 'confirming') sentBytes = totalBytes;
      if (phase === 'sending') speed = startSpeed(now());
      report();
    },
    sent(bytes) {
      speed = measureSpeed(speed, now(), bytes);
      sentBytes = bytes;
      report();
    },
  };
}

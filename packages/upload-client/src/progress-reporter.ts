import { measureSpeed, secondsLeft, startSpeed } from './speed-estimate.ts';
import type { UploadPhase, UploadProgress } from './upload-progress.ts';

/** Several connections each tell many times a second; people see no more than this. */
const shortestReportMilliseconds = 100;

export interface ProgressReporter {
  enter: (phase: UploadPhase, uploadId: string | null) => void;
  /** How many bytes there are to send, where that shows later. */
  measure: (totalBytes: number) => void;
  /** The first call enters `sending`. */
  sent: (sentBytes: number) => void;
}

/** Turns what happens into `UploadProgress`. `now` is in milliseconds and never goes back. */
export function createProgressReporter(
  firstTotalBytes: number,
  onProgress: (progress: UploadProgress) => void,
  now: () => number = () => performance.now(),
): ProgressReporter {
  let phase: UploadPhase = 'preparing';
  let uploadId: string | null = null;
  let totalBytes = firstTotalBytes;
  let sentBytes = 0;
  let speed = startSpeed(now());
  let reportedAt = 0;

  const report = () => {
    reportedAt = now();
    onProgress({
      phase,
      uploadId,
      sentBytes,
      totalBytes,
      bytesPerSecond: speed.bytesPerSecond ?? 0,
      secondsLeft: secondsLeft(speed, totalBytes - sentBytes),
    });
  };
  const enter = (nextPhase: UploadPhase, nextUploadId: string | null) => {
    phase = nextPhase;
    uploadId = nextUploadId;
    if (phase === 'sending') speed = startSpeed(now());
    report();
  };
  return {
    enter,
    measure(bytes) {
      totalBytes = bytes;
    },
    sent(bytes) {
      speed = measureSpeed(speed, now(), bytes);
      sentBytes = bytes;
      if (phase === 'preparing') enter('sending', uploadId);
      else if (now() - reportedAt >= shortestReportMilliseconds) report();
    },
  };
}

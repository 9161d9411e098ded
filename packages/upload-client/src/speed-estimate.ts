/** A smoothed speed; immutable. Start with `startSpeed`, go on with `measureSpeed`. */
export interface SpeedEstimate {
  readonly atMilliseconds: number;
  readonly sentBytes: number;
  /** Null until the first sample is long enough. */
  readonly bytesPerSecond: number | null;
}

// Shorter samples measure the browser's buffers, not the line.
const shortestSampleMilliseconds = 500;
// An old sample has lost 63 % of its weight after this long: calm to read, still quick to see a VPN slow down.
const memoryMilliseconds = 5_000;

export function startSpeed(atMilliseconds: number, sentBytes = 0): SpeedEstimate {
  return { atMilliseconds, sentBytes, bytesPerSecond: null };
}

/** Takes in how much has been sent by now. A count that fell (a new try) starts a new sample and keeps the speed. */
export function measureSpeed(last: SpeedEstimate, atMilliseconds: number, sentBytes: number): SpeedEstimate {
  if (sentBytes < last.sentBytes) return { ...last, atMilliseconds, sentBytes };
  const elapsed = atMilliseconds - last.atMilliseconds;
  if (elapsed < shortestSampleMilliseconds) return last;
  const sample = ((sentBytes - last.sentBytes) * 1_000) / elapsed;
  const weight = 1 - Math.exp(-elapsed / memoryMilliseconds);
  const bytesPerSecond =
    last.bytesPerSecond === null ? sample : last.bytesPerSecond + weight * (sample - last.bytesPerSecond);
  return { atMilliseconds, sentBytes, bytesPerSecond };
}

/** Null while there is no speed to reckon with. */
export function secondsLeft(estimate: SpeedEstimate, remainingBytes: number): number | null {
  if (remainingBytes <= 0) return 0;
  return estimate.bytesPerSecond ? remainingBytes / estimate.bytesPerSecond : null;
}

import { describe, expect, it } from 'vitest';
import { measureSpeed, secondsLeft, type SpeedEstimate, startSpeed } from './speed-estimate.ts';

/** A line of steady speed, measured every 250 ms. */
function run(from: SpeedEstimate, bytesPerSecond: number, seconds: number): SpeedEstimate {
  let estimate = from;
  for (let quarter = 1; quarter <= seconds * 4; quarter++) {
    const at = from.atMilliseconds + quarter * 250;
    estimate = measureSpeed(estimate, at, from.sentBytes + (bytesPerSecond * quarter) / 4);
  }
  return estimate;
}

describe('the speed', () => {
  it('is unknown until the first sample is long enough', () => {
    const early = measureSpeed(startSpeed(0), 100, 1_000_000);
    expect(early.bytesPerSecond).toBeNull();
    expect(secondsLeft(early, 1_000)).toBeNull();
  });

  it('is that of a steady line at once', () => {
    expect(run(startSpeed(0), 1_000, 1).bytesPerSecond).toBeCloseTo(1_000);
    expect(run(startSpeed(0), 1_000, 60).bytesPerSecond).toBeCloseTo(1_000);
  });

  it('follows a line that slows down within a few seconds, without a jump', () => {
    const fast = run(startSpeed(0), 1_000, 10);
    expect(run(fast, 100, 1).bytesPerSecond).toBeGreaterThan(700);
    expect(run(fast, 100, 15).bytesPerSecond).toBeLessThan(200);
  });

  it('does not depend on how often it is measured', () => {
    const often = run(run(startSpeed(0), 1_000, 5), 200, 5).bytesPerSecond ?? 0;
    const seldom = measureSpeed(run(startSpeed(0), 1_000, 5), 10_000, 6_000).bytesPerSecond ?? 0;
    expect(seldom).toBeCloseTo(often);
  });

  it('outlives a try that began again at 0 bytes, and is never negative', () => {
    const again = measureSpeed(run(startSpeed(0), 1_000, 10), 11_000, 0);
    expect(again.bytesPerSecond).toBeCloseTo(1_000);
    expect(run(again, 1_000, 2).bytesPerSecond).toBeCloseTo(1_000);
  });
});

describe('the time left', () => {
  it('is what remains by the speed', () => {
    expect(secondsLeft(run(startSpeed(0), 1_000, 5), 30_000)).toBeCloseTo(30);
    expect(secondsLeft(startSpeed(0), 0)).toBe(0);
  });

  it('is unknown while nothing moves', () => {
    expect(secondsLeft(run(startSpeed(0), 0, 5), 1)).toBeNull();
  });
});

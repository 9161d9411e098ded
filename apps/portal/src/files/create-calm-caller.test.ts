import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCalmCaller } from './create-calm-caller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what happens now and then is told at once, and what follows it soon after', () => {
  const work = vi.fn();
  const caller = createCalmCaller(work);
  caller.call();
  expect(work).toHaveBeenCalledTimes(1);
  caller.call();
  caller.call();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(700);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(700);
  caller.call();
  expect(work).toHaveBeenCalledTimes(3);
});

test('what happens all the time is told every few seconds, its last word too, and then at once again', () => {
  const work = vi.fn();
  const caller = createCalmCaller(work);
  for (let milliseconds = 0; milliseconds < 60_000; milliseconds += 20) {
    caller.call();
    vi.advanceTimersByTime(20);
  }
  expect(work.mock.calls.length).toBeLessThan(16);
  const told = work.mock.calls.length;
  vi.advanceTimersByTime(5_600);
  expect(work).toHaveBeenCalledTimes(told + 1);
  vi.advanceTimersByTime(20_000);
  expect(work).toHaveBeenCalledTimes(told + 1);
  caller.call();
  expect(work).toHaveBeenCalledTimes(told + 2);
  caller.call();
  vi.advanceTimersByTime(700);
  expect(work).toHaveBeenCalledTimes(told + 3);
});

test('nothing waits after its end, and a new beginning is one', () => {
  const work = vi.fn();
  const caller = createCalmCaller(work);
  caller.call();
  caller.call();
  caller.stop();
  vi.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(1);
  caller.call();
  expect(work).toHaveBeenCalledTimes(2);
});

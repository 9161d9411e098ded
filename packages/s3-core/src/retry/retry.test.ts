import { HikyakuError, type StorageErrorCode } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { failureOf } from '../errors/index.ts';
import { createRetryBudget, retry, retryDelayMilliseconds } from './index.ts';

/** Fails so often, then succeeds. */
function failing(times: number, code: StorageErrorCode) {
  const counts = { tries: 0 };
  const attempt = async () => {
    counts.tries += 1;
    if (counts.tries <= times) throw failureOf(code);
    return 'done';
  };
  return { counts, attempt };
}
const at = { random: () => 0 };
const longest = (failures: number) => retryDelayMilliseconds('soon', failures, () => 1);

test('what may go through the next time is tried again, and every retry is told', async () => {
  const { counts, attempt } = failing(3, 'network');
  const told: number[] = [];
  const budget = createRetryBudget({ tries: 10 });
  const onRetry = ({ failures }: { failures: number }) => told.push(failures);
  await expect(retry(attempt, { ...at, budget, onRetry })).resolves.toBe('done');
  expect(counts.tries).toBe(4);
  expect(told).toEqual([1, 2, 3]);
  expect(budget.left).toBeCloseTo(7.2);
});

test.each([
  'no-such-key',
  'access-denied',
  'precondition-failed',
  'no-credentials',
  'clock-skew',
  'disk-full',
] as const)('what cannot change is not tried again: %s', async (code) => {
  const { counts, attempt } = failing(1, code);
  await expect(retry(attempt, { ...at, budget: createRetryBudget() })).rejects.toMatchObject({ code });
  expect(counts.tries).toBe(1);
});

test('it is given up after so many failures without progress, and that is told', async () => {
  const { counts, attempt } = failing(Infinity, 'unavailable');
  const given: number[] = [];
  const options = { ...at, budget: createRetryBudget(), mostTries: 4 };
  const onGiveUp = ({ failures }: { failures: number }) => given.push(failures);
  await expect(retry(attempt, { ...options, onGiveUp })).rejects.toMatchObject({ code: 'unavailable' });
  expect(counts.tries).toBe(4);
  expect(given).toEqual([4]);
});

test('what gets somewhere each time is not given up', async () => {
  let tries = 0;
  const attempt = async (progressed: () => void) => {
    tries += 1;
    progressed();
    if (tries < 20) throw failureOf('network');
    return tries;
  };
  await expect(retry(attempt, { ...at, budget: createRetryBudget(), mostTries: 2 })).resolves.toBe(20);
});

test('many who fail at once share one budget', async () => {
  const budget = createRetryBudget({ tries: 5 });
  const all = Array.from({ length: 20 }, () => failing(Infinity, 'slow-down'));
  await Promise.allSettled(all.map(({ attempt }) => retry(attempt, { ...at, budget })));
  expect(all.reduce((sum, { counts }) => sum + counts.tries, 0)).toBe(25);
});

test('an abort ends the waiting, with its own reason', async () => {
  const controller = new AbortController();
  const { attempt } = failing(Infinity, 'slow-down');
  const options = { budget: createRetryBudget(), signal: controller.signal, random: () => 1, mostTries: 100 };
  const running = retry(attempt, options);
  const reason = new HikyakuError('stopped');
  setTimeout(() => controller.abort(reason), 20);
  await expect(running).rejects.toBe(reason);
});

test('the longest wait doubles with each failure up to 20 s, and chance spreads it', () => {
  expect([1, 2, 3, 4].map(longest)).toEqual([50, 100, 200, 400]);
  expect(longest(1_000)).toBe(20_000);
  expect(retryDelayMilliseconds('slower', 1, () => 0.5)).toBe(250);
});

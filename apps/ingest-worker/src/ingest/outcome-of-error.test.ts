import { HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { outcomeOfError } from './outcome-of-error.ts';

const first = { attempt: 1, mostAttempts: 5, retrySeconds: 10 };

test('a fault of the file refuses it at once, with what is wrong', () => {
  const error = new HikyakuError('missing-columns', { details: { columns: 'id' } });
  const cause = { code: 'missing-columns', details: { columns: 'id' } };
  expect(outcomeOfError(error, first)).toEqual({ kind: 'refused', cause });
});

test.each([
  [1, 10],
  [2, 20],
  [4, 80],
])('after attempt %i of a failure that may pass, the next waits %i seconds', (attempt, delaySeconds) => {
  const outcome = outcomeOfError(new HikyakuError('storage-unavailable', { retriable: true }), { ...first, attempt });
  expect(outcome).toMatchObject({ kind: 'retry', delaySeconds });
});

test('no wait is longer than an hour', () => {
  const outcome = outcomeOfError(new HikyakuError('storage-unavailable'), { ...first, attempt: 40, mostAttempts: 50 });
  expect(outcome).toMatchObject({ kind: 'retry', delaySeconds: 3_600 });
});

test('after the last attempt the file waits for a person', () => {
  expect(outcomeOfError(new HikyakuError('internal'), { ...first, attempt: 5 })).toMatchObject({ kind: 'failed' });
});

test('a worker that stops gives the file back; one that lost its claim writes nothing', () => {
  expect(outcomeOfError(new HikyakuError('stopped'), first)).toMatchObject({ kind: 'released' });
  expect(outcomeOfError(new HikyakuError('claim-lost'), first)).toBeUndefined();
});

test('an error nobody foresaw is tried again and names no more than "internal"', () => {
  const outcome = outcomeOfError(new Error('cell contents'), first);
  expect(outcome).toEqual({ kind: 'retry', cause: { code: 'internal', details: {} }, delaySeconds: 10 });
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

test('so many at a time, one result each, and one that fails ends no other', async () => {
  let [running, most] = [0, 0];
  const work = async (item: number) => {
    running += 1;
    most = Math.max(most, running);
    await delay(5);
    running -= 1;
    if (item === 3) throw new Error('third');
    return item * 2;
  };
  const results = await Array.fromAsync(inParallel([1, 2, 3, 4, 5], work, 2));
  expect(most).toBe(2);
  expect(results.toSorted((a, b) => a.item - b.item)).toEqual([
    { item: 1, outcome: { ok: true, value: 2 } },
    { item: 2, outcome: { ok: true, value: 4 } },
    { item: 3, outcome: { ok: false, error: new Error('third') } },
    { item: 4, outcome: { ok: true, value: 8 } },
    { item: 5, outcome: { ok: true, value: 10 } },
  ]);
});

import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runPairs } from './run-pairs.ts';
import { secondsOf } from './seconds-of.ts';

const order: string[] = [];
const differ = () => Promise.reject(new Error('3 rows differ'));
const contestant = (name: string, milliseconds = 0) => ({
  reset: async () => void order.push(`reset ${name}`),
  run() {
    order.push(name);
    return secondsOf(() => delay(milliseconds));
  },
});

test('runs both in turn, and looks at the results before anything counts', async () => {
  order.length = 0;
  const counted: number[] = [];
  const result = await runPairs({
    ours: contestant('ours'),
    peer: contestant('peer', 20),
    compare: async () => void order.push('compare'),
    rounds: 2,
    onRound: ({ number }) => counted.push(number),
  });
  const round = ['reset ours', 'ours', 'reset peer', 'peer', 'compare'];
  expect(order).toEqual([...round, ...round, ...round]);
  expect(counted).toEqual([1, 2]);
  expect(result.ratio.count).toBe(2);
  expect(result.ratio.least).toBeGreaterThan(1);
});

test('results that differ end it: there is nothing to time', async () => {
  const pair = { ours: contestant('ours'), peer: contestant('peer'), compare: differ, rounds: 1 };
  await expect(runPairs(pair)).rejects.toThrow('3 rows differ');
});

test('interrupted, it begins no other run', async () => {
  const controller = new AbortController();
  const ours = {
    reset: () => Promise.resolve(),
    run: async () => {
      controller.abort(new Error('enough'));
      return 1;
    },
  };
  const peer = { ...ours, run: () => Promise.reject(new Error('it ran')) };
  const pair = { ours, peer, compare: () => Promise.resolve(), rounds: 1, signal: controller.signal };
  await expect(runPairs(pair)).rejects.toThrow('enough');
});

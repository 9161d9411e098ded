import { expect, test } from 'vitest';
import { KeySet } from './key-set.ts';

test('of a million keys none is taken for another, and each is known when it comes again', () => {
  const keys = new KeySet();
  let repeated = 0;
  for (let i = 0; i < 1_000_000; i++) if (keys.addAndTell(`${i}\0東京`)) repeated++;
  expect(repeated).toBe(0);
  for (let i = 0; i < 1_000_000; i += 997) expect(keys.addAndTell(`${i}\0東京`)).toBe(true);
  expect(keys.isComplete).toBe(true);
});

test('beyond its limit it remembers nothing more, and says so', () => {
  const keys = new KeySet(2);
  expect(['a', 'b', 'c', 'c', 'a'].map((key) => keys.addAndTell(key))).toEqual([false, false, false, false, true]);
  expect(keys.isComplete).toBe(false);
});

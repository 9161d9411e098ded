import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createCameFrom } from './came-from.ts';

test('a path is found with the first address that it came from', () => {
  const cameFrom = createCameFrom();
  expect(cameFrom.find('2026/a.csv')).toBeUndefined();
  cameFrom.note('2026/a.csv', 1);
  cameFrom.note('2026/a.csv', 2);
  expect(cameFrom.find('2026/a.csv')).toBe(1);
  expect(cameFrom.find('2026/b.csv')).toBeUndefined();
});

/** Letters of its own, not a reference to those of another. */
const pathOf = (index: number) => Buffer.from(`${index}.csv`.padStart(1_000, 'x')).toString('latin1');

test('many long paths take little memory', () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const heapBytes = () => {
    if (typeof collect === 'function') collect();
    return process.memoryUsage().heapUsed;
  };
  const count = 50_000;
  const cameFrom = createCameFrom();
  const before = heapBytes();
  for (let index = 0; index < count; index += 1) cameFrom.note(pathOf(index), 0);
  const bytes = (heapBytes() - before) / count;
  expect(bytes).toBeLessThan(150);
  expect(cameFrom.find(pathOf(count - 1))).toBe(0);
});

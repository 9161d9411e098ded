import { expect, test } from 'vitest';
import { type Run, takeRun } from './plan-runs.ts';

const mebibyte = 1024 ** 2;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

function allRuns(missing: number[], plan = { connections: 4, rangeBytes: 8 * mebibyte }): Run[] {
  const runs: Run[] = [];
  const left = [...missing];
  for (let run = takeRun(left, plan); run; run = takeRun(left, plan)) runs.push(run);
  return runs;
}
const placesOf = ({ first, last }: Run) => upTo(last - first + 1).map((index) => first + index);

test.each([
  ['all', upTo(128)],
  ['one', [7]],
  ['none', []],
  ['every other', upTo(50).map((index) => 2 * index)],
  ['some', [0, 1, 2, 9, 10, 11, 40, 41, 99]],
])('every missing range is in one run, in order: %s', (_, missing) => {
  expect(allRuns(missing).flatMap(placesOf)).toEqual(missing);
});

test('runs are long at first and short in the end, and never over 128 MiB', () => {
  const lengths = allRuns(upTo(1_000)).map((run) => placesOf(run).length);
  expect(lengths[0]).toBe(16);
  expect(lengths.slice(-4)).toEqual([1, 1, 1, 1]);
  expect(Math.max(...lengths)).toBe(16);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  expect(allRuns([0, 1], { connections: 1, rangeBytes: 1024 * mebibyte })).toEqual([
    { first: 0, last: 0 },
    { first: 1, last: 1 },
  ]);
});

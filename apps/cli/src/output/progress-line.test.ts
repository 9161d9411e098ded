import { expect, test } from 'vitest';
import { progressText } from './progress-line.ts';
import { widthOf } from './width-of.ts';

const half = { label: 'cities.csv', doneBytes: 15 * 1024 ** 2, totalBytes: 30 * 1024 ** 2 };

test('how far, how fast, how long still', () => {
  expect(progressText(half, 3, 'en', 100)).toBe('cities.csv  ━━━━━━━━━━────────── 50 %  15 MB / 30 MB  5 MB/s  3 s');
});

test('of a stream nobody knows how far it is', () => {
  expect(progressText({ ...half, totalBytes: undefined }, 3, 'ja', 100)).toBe('cities.csv  15 MB  5 MB/秒');
});

test.each([20, 40, 60, 80])('on %i columns it is one line, however wide the name is', (columns) => {
  const label = `data/${'売上'.repeat(30)}.csv`;
  expect(widthOf(progressText({ ...half, label }, 3, 'ja', columns))).toBeLessThanOrEqual(columns);
});

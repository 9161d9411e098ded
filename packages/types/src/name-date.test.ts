import { expect, test } from 'vitest';
import { findNameDate } from './name-date.ts';

test.each([
  ['sales20261121.csv', 20261121000000n],
  ['sales_20261121_v2.csv', 20261121000000n],
  ['2026-11-21.csv', 20261121000000n],
  ['売上２０２６１１２１.csv', 20261121000000n],
  ['2026_11_21-stock.csv.gz.age', 20261121000000n],
  ['20261121T0930.csv', 20261121093000n],
  ['2026-11-21T0930.csv', 20261121093000n],
  ['2026-11-21T093015.csv', 20261121093015n],
  ['2026-11-21T09:30:15.csv', 20261121093015n],
  ['202611210930.csv', 20261121093000n],
  ['20261121093000.csv', 20261121093000n],
  ['20240229.csv', 20240229000000n],
  ['2026-11-20/to/2026-11-21.csv', 20261121000000n],
  ['20261121-20261120.csv', 20261120000000n],
  ['20261121-99999999.csv', 20261121000000n],
])('%s tells %s, the last date in it', (name, position) => {
  expect(findNameDate(name)).toBe(position);
});

test.each([
  ['no date', 'sales.csv'],
  ['the 29th of February of another year', '20260229.csv'],
  ['the 13th month', '20261301.csv'],
  ['a zeroth day', '2026-11-00.csv'],
  ['the 25th hour', '20261121T2500.csv'],
  ['a 61st minute', '20261121096100.csv'],
  ['two kinds of marks', '2026-11_21.csv'],
  ['too few digits', '2026112.csv'],
  ['more digits than a date has', '202611211.csv'],
  ['a year before any file', '00011121.csv'],
])('%s is no date', (_what, name) => {
  expect(findNameDate(name)).toBeUndefined();
});

test('positions order as the dates do', () => {
  const names = ['2025-12-31T2359', '20260101', '2026_01_01', '20260101T0001', '202602280000', '20260301'];
  const positions = names.map((name) => findNameDate(name) ?? 0n);
  expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : Number(a > b))));
});

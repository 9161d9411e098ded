import { expect, test } from 'vitest';
import { benchTable } from './bench-table.ts';
import { notMeasured } from './not-measured.ts';
import { spreadOf } from './spread.ts';

test('a spread names the middle and both ends', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3, count: 3 });
  expect(spreadOf([4, 1])).toEqual({ median: 2.5, least: 1, most: 4, count: 2 });
  expect(() => spreadOf([])).toThrow(RangeError);
});

test('a table says what was measured against what, whether it is enough, and what limits it', () => {
  const table = benchTable([
    {
      goalId: 'P1',
      what: 'first load',
      peer: 'shell',
      ours: spreadOf([8, 10]),
      theirs: spreadOf([12, 12]),
      unit: 's',
      ratio: spreadOf([1.5, 1.2]),
      goal: '≥ 1.8×',
      isMet: false,
      limitedBy: 'one COPY stream',
    },
    {
      goalId: 'P14',
      what: 'event to row',
      peer: 'limit 2 s',
      ours: spreadOf([0.3]),
      unit: 's',
      goal: '≤ 2 s',
      isMet: true,
    },
    {
      goalId: 'P13',
      what: 'shift',
      peer: 'limit 0.1',
      ours: spreadOf([0, 0.02]),
      unit: '',
      goal: '≤ 0.1',
      isMet: true,
    },
  ]);
  expect(table.split('\n')).toEqual([
    '| goal | what | ours | peer | ratio | wanted | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| P1 | first load | 9.00 s (8.00–10.0, n = 2) | shell: 12.0 s (12.0–12.0, n = 2) | 1.35× (1.20–1.50) | ≥ 1.8× | missed |',
    '| P14 | event to row | 0.300 s (0.300–0.300, n = 1) | limit 2 s | – | ≤ 2 s | met |',
    '| P13 | shift | 0.0100 (0.00–0.0200, n = 2) | limit 0.1 | – | ≤ 0.1 | met |',
    '',
    '- **P1**: one COPY stream',
  ]);
});

test('a goal that could not be measured stands in the table with the reason, and not as if nobody had asked', () => {
  expect(
    benchTable([{ goalId: 'P13', notMeasured: 'Lighthouse could not be fetched.' }])
      .split('\n')
      .slice(2),
  ).toEqual([
    '| P13 | – | – | – | – | – | not measured |',
    '',
    '- **P13**: not measured: Lighthouse could not be fetched.',
  ]);
});

test('of the goals of a bench those without a row are told as not measured', () => {
  const row = { goalId: 'P10', what: '', peer: '', ours: spreadOf([1]), unit: 's', goal: '', isMet: true } as const;
  expect(notMeasured(['P10', 'P13'], [row], 'it ended with 1')).toEqual([
    { goalId: 'P13', notMeasured: 'it ended with 1' },
  ]);
  const told = { goalId: 'P13', notMeasured: 'Lighthouse could not be fetched.' };
  expect(notMeasured(['P10', 'P13'], [row, told], 'it told nothing of it')).toEqual([]);
});

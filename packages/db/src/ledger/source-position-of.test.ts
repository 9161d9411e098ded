import { expect, test } from 'vitest';
import { sourcePositionOf } from './source-position-of.ts';

const nameDate = { by: 'name-date' } as const;
const foreign = 'incoming/01994d3c-0000-7000-8000-000000000000/sales';
const ours = `${foreign}/2026/11/22/01994d3c-0000-7000-8000-000000000001`;

test('without a date to go by, a file has its place by when it was handed over', () => {
  const file = { objectAt: new Date(7), key: `${foreign}/20261121.csv`, uploadedAs: null };
  expect(sourcePositionOf({ ...file, order: { by: 'arrival' } })).toBe(7n);
  expect(sourcePositionOf({ ...file, order: { by: 'column', column: 'day' } })).toBe(7n);
});

test.each([
  ['the name a person gave, of an upload', `${ours}/sales_20261101.csv`, 'sales_20261121.csv', 20261121000000n],
  ["nothing else of an upload's key", `${ours}/20261121.csv`, 'sales.csv', undefined],
  ["the name of a foreign client's object", `${foreign}/20261120/sales-2026-11-21.csv`, null, 20261121000000n],
  ['its folders where the name tells none', `${foreign}/2026-11-20/2026-11-21/sales.csv`, null, 20261121000000n],
  ['neither organization nor dataset', 'incoming/20261121-0000-7000-8000-000000000000/20261121/a.csv', null, undefined],
])('a date is looked for in %s', (_what, key, uploadedAs, position) => {
  expect(sourcePositionOf({ order: nameDate, objectAt: new Date(7), key, uploadedAs })).toBe(position);
});

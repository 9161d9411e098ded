import { expect, expectTypeOf, test } from 'vitest';
import { defineDataset, type DefinedDataset, isDefinedDataset } from './define-dataset.ts';

const name = { ja: '売上', en: 'Sales' };

test('defaults are filled in, and the table is named after the dataset', () => {
  const dataset = defineDataset({
    slug: 'daily-sales',
    name,
    columns: [{ name: 'id', type: 'integer' }],
    primaryKey: ['id'],
  });
  expectTypeOf(dataset).toEqualTypeOf<DefinedDataset>();
  expect(dataset).toMatchObject({
    targetTable: 'daily_sales',
    definition: { format: 'csv', encoding: 'auto', mode: 'upsert', order: { by: 'arrival' }, rejectLimit: 1_000 },
  });
  expect(isDefinedDataset(dataset)).toBe(true);
  expect(isDefinedDataset({ slug: 'x' })).toBe(false);
});

const defineWithUnknownKey = () =>
  defineDataset({
    slug: 'sales',
    name,
    columns: [{ name: 'id', type: 'integer' }],
    // @ts-expect-error -- no such column
    primaryKey: ['di'],
  });

test('a column that is not there is a fault of types already', () => {
  expect(defineWithUnknownKey).toThrow('the primary key or the partition names unknown columns');
});

const id = { name: 'id', type: 'integer', required: true } as const;
const day = { name: 'day', type: 'date' } as const;

test.each([
  ['an upsert without a key', { columns: [id], primaryKey: [] }, 'only what inserts may do without a primary key'],
  ['two columns of one name', { columns: [id, id], primaryKey: ['id'] }, 'column names must differ'],
  ['partitions without their mode', { columns: [id], primaryKey: ['id'], partitionBy: ['id'] }, 'replace-partition'],
  [
    'a partition that may be empty',
    { columns: [id, day], primaryKey: ['id', 'day'], mode: 'replace-partition', partitionBy: ['day'] },
    'has to be required',
  ],
  [
    'a partition that rows could leave',
    {
      columns: [id, { ...day, required: true }],
      primaryKey: ['id'],
      mode: 'replace-partition',
      partitionBy: ['day'],
    },
    'a row stays in its partition',
  ],
  [
    'an order by what may be empty',
    { columns: [id, day], primaryKey: ['id'], order: { by: 'column', column: 'day' } },
    'rows are ordered by',
  ],
  ['a length of a number', { columns: [{ ...id, maxLength: 3 }], primaryKey: ['id'] }, 'are for text'],
  ['a limit of a text', { columns: [id, { name: 'a', type: 'text', min: 1 }], primaryKey: ['id'] }, 'are for numbers'],
  [
    'a limit that is no day',
    { columns: [id, { ...day, min: '2026-02-30' }], primaryKey: ['id'] },
    'no value of its column',
  ],
  ['a limit that is no integer', { columns: [{ ...id, max: 1.5 }], primaryKey: ['id'] }, 'no value of its column'],
] as const)('%s is refused', (_, input, fault) => {
  expect(() => defineDataset({ slug: 'sales', name, ...input })).toThrow(fault);
});

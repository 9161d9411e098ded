import { exceedsRejectLimit } from '@hikyaku/datasets/reading';
import { type TableDefinition, tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeIn as takeInFile, type TakeInOptions, targetRows } from '../test/take-in.ts';
import { testOrganization, type TestOrganization } from '../test/test-organization.ts';
import { qualifiedName } from './target-table.ts';

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
});
afterEach(async () => {
  await organization.drop();
});

const columns = [
  { name: 'id', type: 'integer', required: true },
  { name: 'day', type: 'date', required: true },
  { name: 'name', type: 'text' },
];
const define = (changes: object) => tableDefinition.parse({ columns, primaryKey: ['id'], ...changes });
const takeIn = (definition: TableDefinition, lines: string, options?: TakeInOptions) =>
  takeInFile(organization, definition, `id,day,name\n${lines}`, options);
/** `id day name`, a line each. */
const rows = async () => (await targetRows(organization)).map((row) => `${row['id']} ${row['day']} ${row['name']}`);
/** Ids of two arrivals, the first one older. */
const arrivals = () => ['019a0000-0000-7000-8000-000000000001', '019a0000-0001-7000-8000-000000000000'] as const;

/** As another file's merge does it. */
async function addFirst() {
  const table = qualifiedName(organization.target.schema, organization.target.table);
  await organization.superuser.query(
    `INSERT INTO ${table} VALUES (1, '2026-11-01', 'first', 1, '00000000-0000-0000-0000-000000000000', 1)`,
  );
}

describe('a file that only adds rows', () => {
  const definition = define({ mode: 'insert' });

  test('has those refused whose key is in the table, with line and key', async () => {
    await takeIn(definition, '1,2026-11-01,a\n2,2026-11-01,b');
    const counts = await takeIn(definition, '3,2026-11-02,c\n2,2026-11-02,other');
    expect(counts).toMatchObject({ read: 2, inserted: 1, updated: 0, rejected: 1 });
    expect(await rows()).toEqual(['1 2026-11-01 a', '2 2026-11-01 b', '3 2026-11-02 c']);
    const { rows: rejects } = await organization.superuser.query(
      'SELECT line_number, column_name, code, value FROM reject',
    );
    expect(rejects).toEqual([{ line_number: '3', column_name: 'id', code: 'key-exists', value: '2' }]);
  });

  test('is read again where another file added the same rows since it was validated', async () => {
    await takeIn(definition, '9,2026-11-01,z');
    await expect(takeIn(definition, '1,2026-11-02,second', { beforeMerge: addFirst })).rejects.toMatchObject({
      code: 'target-changed',
      retriable: true,
    });
    expect(await rows()).toEqual(['1 2026-11-01 first', '9 2026-11-01 z']);
  });

  test('may have no key at all: every line is a row', async () => {
    const keyless = define({ mode: 'insert', primaryKey: [] });
    await takeIn(keyless, '1,2026-11-01,a\n1,2026-11-01,a');
    expect(await takeIn(keyless, '1,2026-11-01,a')).toMatchObject({ inserted: 1, repeated: 0 });
    expect(await rows()).toHaveLength(3);
  });
});

describe('a file that is the whole of its partitions', () => {
  const definition = define({ primaryKey: ['id', 'day'], mode: 'replace-partition', partitionBy: ['day'] });

  test('takes the place of all their rows, and of no other', async () => {
    await takeIn(definition, '1,2026-11-01,a\n2,2026-11-01,b\n3,2026-11-02,c', { position: 1n });
    const counts = await takeIn(definition, '1,2026-11-01,a\n4,2026-11-01,d', { position: 2n });
    expect(counts).toMatchObject({ read: 2, inserted: 1, updated: 0, unchanged: 1, deleted: 1 });
    expect(await rows()).toEqual(['1 2026-11-01 a', '3 2026-11-02 c', '4 2026-11-01 d']);
  });

  test('is left alone, partition by partition, by an older one', async () => {
    await takeIn(definition, '1,2026-11-01,new', { position: 10n });
    const counts = await takeIn(definition, '1,2026-11-01,old\n2,2026-11-01,old\n3,2026-11-02,c', { position: 9n });
    expect(counts).toMatchObject({ inserted: 1, updated: 0, unchanged: 2, deleted: 0 });
    expect(await rows()).toEqual(['1 2026-11-01 new', '3 2026-11-02 c']);
  });

  test('leaves its mark where nothing differs: an older one that comes later changes nothing', async () => {
    await takeIn(definition, '1,2026-11-01,a\n2,2026-11-01,b', { position: 1n });
    expect(await takeIn(definition, '1,2026-11-01,a\n2,2026-11-01,b', { position: 3n })).toMatchObject({
      unchanged: 2,
    });
    await takeIn(definition, '1,2026-11-01,between', { position: 2n });
    expect(await rows()).toEqual(['1 2026-11-01 a', '2 2026-11-01 b']);
  });

  test('is refused for one refused row: the partition would not be whole', () => {
    expect(exceedsRejectLimit({ ...definition, rejectLimit: 100 }, { read: 1_000, rejected: 1 })).toBe(true);
    expect(exceedsRejectLimit({ ...definition, rejectLimit: 100 }, { read: 1_000, rejected: 0 })).toBe(false);
  });
});

describe('order', () => {
  test.each([
    ['older first', [0, 1]],
    ['newer first', [1, 0]],
  ] as const)('of two files of one position the later arrival wins, %s', async (_, order) => {
    const definition = define({});
    const ids = arrivals();
    const files = ['1,2026-11-01,earlier', '1,2026-11-01,later'] as const;
    await takeIn(definition, '7,2026-11-01,z', { position: 1n });
    for (const i of order) await takeIn(definition, files[i], { position: 20261101n, arrivalId: ids[i] });
    expect(await rows()).toEqual(['1 2026-11-01 later', '7 2026-11-01 z']);
  });

  test.each([
    ['date', 'day', '2026-11-01', '2026-11-02'],
    ['timestamp', 'at', '2026-11-01 09:00:00', '2026-11-01 09:00:00.000001'],
    ['integer', 'revision', '9', '10'],
  ])('by a column of type %s is that of each row, whichever file comes first', async (type, name, older, newer) => {
    const definition = tableDefinition.parse({
      columns: [
        { name: 'id', type: 'integer', required: true },
        { name, type, required: true },
        { name: 'value', type: 'text' },
      ],
      primaryKey: ['id'],
      order: { by: 'column', column: name },
    });
    const file = (lines: string) => `id,${name},value\n${lines}`;
    await takeInFile(organization, definition, file(`1,${newer},new\n2,${older},old`), { position: 1n });
    const later = file(`1,${older},old\n2,${newer},new\n3,${newer},last\n3,${older},not last`);
    const counts = await takeInFile(organization, definition, later, { position: 2n });
    expect(counts).toMatchObject({ inserted: 1, updated: 1, unchanged: 1, repeated: 1 });
    expect((await targetRows(organization)).map((row) => row['value'])).toEqual(['new', 'new', 'last']);
  });
});

test('every row knows its arrival and its line, unless the dataset does without lines', async () => {
  const [first, second] = arrivals();
  const table = qualifiedName(organization.target.schema, organization.target.table);
  const origins = async (names: string) =>
    (await organization.superuser.query(`SELECT id, ${names} FROM ${table} ORDER BY id`)).rows;
  await takeIn(define({}), '1,2026-11-01,a\n2,2026-11-01,b', { position: 1n, arrivalId: first });
  await takeIn(define({}), '3,2026-11-01,c\n\n2,2026-11-01,B', { position: 2n, arrivalId: second });
  expect(await origins('_arrival_id, _line_number')).toEqual([
    { id: '1', _arrival_id: first, _line_number: '2' },
    { id: '2', _arrival_id: second, _line_number: '4' },
    { id: '3', _arrival_id: second, _line_number: '2' },
  ]);
});

test('what a dataset asks beyond types is told by line, and rows in doubt are asked too', async () => {
  const definition = tableDefinition.parse({
    columns: [
      { name: 'code', type: 'text', required: true, minLength: 3 },
      { name: 'kind', type: 'text', oneOf: ['店舗', '通販'] },
      { name: 'amount', type: 'integer', min: 0, max: 100 },
      { name: 'rate', type: 'number', max: 0.5 },
      { name: 'day', type: 'date', min: '2026-01-01' },
      { name: 'at', type: 'timestamp', max: '2026-12-31 23:59:59' },
    ],
    primaryKey: ['code'],
  });
  const file = [
    'code,kind,amount,rate,day,at',
    'abc,店舗,100,0.5,2026-01-01,2026-12-31 23:59:59',
    'ab,,,,,',
    'abd,電話,,,,',
    'abe,,-1,,,',
    'abf,,+101,,,',
    'abg,,,0.51,,',
    'abh,,,,2025-12-31,',
    'abi,,,,,2027-01-01T00:00:00Z',
    'abj,,+7,,2026/2/29,',
  ].join('\n');
  expect(await takeInFile(organization, definition, file)).toMatchObject({ inserted: 1, rejected: 8 });
  const { rows: rejects } = await organization.superuser.query<{ line: string }>(
    `SELECT concat_ws(' ', line_number, column_name, code, value, details->>'limit', details->>'minLength', details->>'listed') AS line
       FROM reject ORDER BY line_number`,
  );
  expect(rejects.map(({ line }) => line)).toEqual([
    '3 code too-short ab 3',
    '4 kind not-listed 電話 店舗, 通販',
    '5 amount too-small -1 0',
    '6 amount too-large 101 100',
    '7 rate too-large 0.51 0.5',
    '8 day too-small 2025-12-31 2026-01-01',
    '9 at too-large 2027-01-01 09:00:00+09 2026-12-31 23:59:59',
    '10 day not-date 2026/2/29',
  ]);
});

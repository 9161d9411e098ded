import { tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeIn, targetRows } from '../test/take-in.ts';
import { testOrganization, type TestOrganization } from '../test/test-organization.ts';
import { createTargetTable } from './create-target-table.ts';
import { inTransaction } from './in-transaction.ts';
import { planOrderChange } from './plan-order-change.ts';
import { qualifiedName } from './target-table.ts';

const columns = [
  { name: 'id', type: 'integer', required: true },
  { name: 'name', type: 'text', maxLength: 20 },
];
const definition = tableDefinition.parse({ columns, primaryKey: ['id'] });
const define = (changes: object) => tableDefinition.parse({ columns, primaryKey: ['id'], ...changes });

let organization: TestOrganization;
let table: string;

beforeEach(async () => {
  organization = await testOrganization();
  table = qualifiedName(organization.target.schema, organization.target.table);
});
afterEach(async () => {
  await organization.drop();
});

const apply = (wanted: object, options?: { acceptDangerous?: boolean }) =>
  createTargetTable(organization.client, organization.target, define(wanted), options);
const asOwner = (statement: string) => organization.superuser.query(statement);

test('a table is made once, and made again nothing changes', async () => {
  expect(await apply({})).toMatchObject([{ kind: 'create-table', risk: 'safe' }]);
  expect(await apply({})).toEqual([]);
});

test('safe changes are made, with the rows in it', async () => {
  await takeIn(organization, definition, 'id,name\n1,a');
  const wanted = {
    columns: [
      { name: 'id', type: 'number', required: true },
      { name: 'name', type: 'text', required: true },
      { name: 'note', type: 'text' },
    ],
  };
  const changes = await apply(wanted);
  expect(changes.map(({ kind, column, risk }) => `${kind} ${column} ${risk}`)).toEqual([
    'change-type id safe',
    'require-value name safe',
    'add-column note safe',
  ]);
  expect(await apply(wanted)).toEqual([]);
  await takeIn(organization, define(wanted), 'id,name,note\n1.5,b,c', { position: 2n });
  expect(await targetRows(organization)).toMatchObject([
    { id: '1', name: 'a', note: null },
    { id: '1.5', name: 'b', note: 'c' },
  ]);
});

test.each([
  ['a column that goes', { columns: [columns[0]] }, 'drop-column'],
  ['a type that not every value fits', { columns: [columns[0], { name: 'name', type: 'integer' }] }, 'change-type'],
  [
    'another key',
    { columns: [columns[0], { ...columns[1], required: true }], primaryKey: ['id', 'name'] },
    'change-key',
  ],
])('%s is refused, and nothing changed, until a person accepts it', async (_, wanted, kind) => {
  await takeIn(organization, definition, 'id,name\n1,2');
  const before = await asOwner(`SELECT * FROM ${table}`);
  await expect(apply(wanted)).rejects.toMatchObject({ code: 'table-change-refused', details: { change: kind } });
  expect((await asOwner(`SELECT * FROM ${table}`)).rows).toEqual(before.rows);
  expect(await apply(wanted, { acceptDangerous: true })).toContainEqual(
    expect.objectContaining({ kind, risk: 'dangerous' }),
  );
  expect(await apply(wanted)).toEqual([]);
  expect((await asOwner(`SELECT * FROM ${table}`)).rowCount).toBe(1);
});

test('what the rows stand against is refused whoever accepts it', async () => {
  await takeIn(organization, definition, 'id,name\n1,');
  const required = { columns: [columns[0], { ...columns[1], required: true }] };
  const added = { columns: [...columns, { name: 'more', type: 'text', required: true }] };
  for (const wanted of [required, added]) {
    await expect(apply(wanted, { acceptDangerous: true })).rejects.toMatchObject({ code: 'table-change-refused' });
  }
});

test('a table of an earlier version gets what we keep now', async () => {
  await asOwner(`SET ROLE ${organization.target.role};
    CREATE TABLE ${table} (id bigint NOT NULL PRIMARY KEY, name text COLLATE "C", _source_position bigint NOT NULL, _ingest_run_id uuid NOT NULL);
    INSERT INTO ${table} VALUES (1, 'a', 5, '0b9f6f0e-6f3c-4a7e-9c55-1f2e3d4c5b6a'); RESET ROLE`);
  await apply({});
  expect(await apply({})).toEqual([]);
  await takeIn(organization, definition, 'id,name\n1,b\n2,c', { position: 6n });
  expect((await targetRows(organization)).map((row) => row['name'])).toEqual(['b', 'c']);
});

/** A table somebody else made, which a dataset is pointed at. */
async function existing(statement: string) {
  await asOwner(`SET ROLE ${organization.target.role}; CREATE TABLE ${table} (${statement}); RESET ROLE`);
  return apply({ target: 'existing' }).then(
    () => undefined,
    ({ details }: { details: Record<string, string> }) => `${details['change']} ${details['column']}`.trim(),
  );
}

test.each([
  ['id bigint PRIMARY KEY', 'missing-column name'],
  ['id integer PRIMARY KEY, name text', 'other-type id'],
  ['id bigint PRIMARY KEY, name varchar(19)', 'other-type name'],
  ['id bigint PRIMARY KEY, name text NOT NULL', 'value-required name'],
  ['id bigint PRIMARY KEY, name text, other text NOT NULL', 'value-required other'],
  ['id bigint, name text', 'no-key'],
  ['id bigint PRIMARY KEY, name text', 'add-column _source_position'],
])('a table that was there, with %s, is refused for: %s', async (statement, problem) => {
  expect(await existing(statement)).toBe(problem);
});

test('a table that was there and fits is used, with what it has beside', async () => {
  await existing(`id bigint, name varchar(20), made timestamptz NOT NULL DEFAULT now(), UNIQUE (id)`);
  const wanted = { target: 'existing' };
  await apply(wanted, { acceptDangerous: true });
  expect(await apply(wanted)).toEqual([]);
  await asOwner(`INSERT INTO ${table} (id, name, _source_position, _arrival_id, _line_number)
    VALUES (1, 'there', 0, '00000000-0000-0000-0000-000000000000', 0)`);
  expect(await takeIn(organization, define(wanted), 'id,name\n1,a\n2,b')).toMatchObject({ inserted: 1, updated: 1 });
});

test('no dataset makes a table that is said to exist', async () => {
  await expect(apply({ target: 'existing' })).rejects.toMatchObject({ details: { change: 'missing-table' } });
});

test.each([
  ['partitioned', (name: string) => `CREATE TABLE ${name} (id bigint PRIMARY KEY, name text) PARTITION BY RANGE (id)`],
  [
    'inherited from',
    (name: string) =>
      `CREATE TABLE ${name} (id bigint PRIMARY KEY, name text); CREATE TABLE more () INHERITS (${name})`,
  ],
])('a table that is %s is refused: a row has no one place in it', async (_what, create) => {
  await asOwner(
    `SET ROLE ${organization.target.role}; SET search_path TO ${organization.target.schema}; ${create(table)}; RESET search_path; RESET ROLE`,
  );
  await expect(apply({ target: 'existing' }, { acceptDangerous: true })).rejects.toMatchObject({
    details: { change: 'several-tables' },
  });
});

test.each([
  [{ order: { by: 'name-date' } }, 'rows by name-date'],
  [{ order: { by: 'column', column: 'id' } }, 'rows by id (integer)'],
  [{ mode: 'replace-partition', partitionBy: ['id'] }, 'partitions by arrival'],
])('with rows there the order stays: %j', async (changes, to) => {
  const { client, target } = organization;
  const plan = () =>
    inTransaction(client, () => planOrderChange(client, target, { from: definition, to: define(changes) }));
  expect(await plan()).toEqual([]);
  await apply({});
  expect(await plan()).toEqual([]);
  await takeIn(organization, definition, 'id,name\n1,a');
  expect(await plan()).toEqual([{ kind: 'change-order', from: 'rows by arrival', to, risk: 'impossible', sql: '' }]);
  const other = define({ rejectLimit: 7, mode: 'insert' });
  expect(await inTransaction(client, () => planOrderChange(client, target, { from: definition, to: other }))).toEqual(
    [],
  );
});

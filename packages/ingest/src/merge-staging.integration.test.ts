import { randomUUID } from 'node:crypto';
import { tableDefinition } from '@hikyaku/types';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chunksOf, targetRows } from '../test/take-in.ts';
import { type TestOrganization, testOrganization } from '../test/test-organization.ts';
import {
  copyRejects,
  createTargetTable,
  mergeStaging,
  type MergeStagingOptions,
  stageObject,
  stagingTableName,
} from './index.ts';
import { qualifiedName } from './target-table.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  primaryKey: ['id'],
});

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
  await createTargetTable(organization.client, organization.target, definition);
});

afterEach(async () => {
  await organization.drop();
});

/** A staged file, and what merging it needs but a transaction. */
async function staged(client: Client, file: string): Promise<MergeStagingOptions> {
  const ingestRunId = randomUUID();
  const stagingTable = stagingTableName(ingestRunId);
  const { target } = organization;
  const { rowsStaged } = await stageObject({ client, target, definition, stagingTable, source: chunksOf(file) });
  return {
    client,
    target,
    definition,
    stagingTable,
    expectedStagedRows: rowsStaged,
    sourcePosition: 1n,
    arrivalId: ingestRunId,
  };
}

test('the transaction goes on as who it was, with its settings, and rolls back as one', async () => {
  const { client } = organization;
  const merge = await staged(client, 'id,name\n1,a');
  await client.query('BEGIN');
  await client.query(`SET LOCAL lock_timeout = '7s'; SET LOCAL TimeZone = 'Europe/Paris'`);
  await mergeStaging(merge);
  const { rows } = await client.query(
    `SELECT current_user = session_user AS same, current_setting('lock_timeout') AS lock, current_setting('TimeZone') AS zone`,
  );
  expect(rows).toEqual([{ same: true, lock: '7s', zone: 'Europe/Paris' }]);
  await client.query('ROLLBACK');
  expect(await targetRows(organization)).toEqual([]);
});

test('outside a transaction nothing is merged', async () => {
  const merge = await staged(organization.client, 'id,name\n1,a');
  await expect(mergeStaging(merge)).rejects.toThrow('a transaction must be open');
  expect(await targetRows(organization)).toEqual([]);
});

test('two merges into one table: the second says that it waits, and then sees what the first did', async () => {
  const [one, two] = [organization.client, await organization.connect()];
  const first = await staged(one, 'id,name\n1,first\n2,first');
  const second = await staged(two, 'id,name\n2,second\n3,second');
  await one.query('BEGIN');
  await mergeStaging(first);
  await two.query('BEGIN');
  const waiting = Promise.withResolvers<void>();
  const merging = mergeStaging({ ...second, sourcePosition: 2n, onWaitingForLock: () => waiting.resolve() });
  await waiting.promise;
  await one.query('COMMIT');
  expect(await merging).toMatchObject({ inserted: 1, updated: 1, unchanged: 0, repeated: 0 });
  await two.query('COMMIT');
  expect((await targetRows(organization)).map((row) => row['name'])).toEqual(['first', 'second', 'second']);
});

test('a table that stays locked is database-unavailable, to be tried again', async () => {
  const [one, two] = [organization.client, await organization.connect()];
  const first = await staged(one, 'id,name\n1,a');
  const second = await staged(two, 'id,name\n2,b');
  await one.query('BEGIN');
  await mergeStaging(first);
  await two.query('BEGIN');
  await expect(mergeStaging({ ...second, lockTimeoutSeconds: 1 })).rejects.toMatchObject({
    code: 'database-unavailable',
    retriable: true,
  });
  await two.query('ROLLBACK');
  await one.query('ROLLBACK');
});

test('readers go on while a merge is not committed', async () => {
  const { client } = organization;
  const merge = await staged(client, 'id,name\n1,a');
  await client.query('BEGIN');
  await mergeStaging(merge);
  expect(await targetRows(organization)).toEqual([]);
  await client.query('COMMIT');
  expect(await targetRows(organization)).toHaveLength(1);
});

test('rejects reach a ledger that the organization may not touch, in the caller’s transaction', async () => {
  const { client, superuser, target } = organization;
  const merge = await staged(client, `id,name\n${'x\n'.repeat(500)}`);
  const ids = { organizationId: randomUUID(), arrivalId: randomUUID(), ingestRunId: merge.arrivalId };
  const copy = () => copyRejects({ client, target, stagingTable: merge.stagingTable, rejectedRows: 500, ...ids });
  await client.query('BEGIN');
  expect(await copy()).toBe(500);
  await client.query('ROLLBACK');
  expect((await superuser.query('SELECT FROM reject')).rowCount).toBe(0);
  await client.query('BEGIN');
  await copy();
  await client.query('COMMIT');
  const { rows } = await superuser.query(
    `SELECT count(*)::int AS count, bool_and(line_number = place + 1) AS ordered, min(arrival_id::text) AS arrival
       FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM reject) r`,
  );
  expect(rows).toEqual([{ count: 500, ordered: true, arrival: ids.arrivalId }]);
});

test('the same statement makes the table once, whoever comes first', async () => {
  const target = { ...organization.target, table: 'raced' };
  const clients = await Promise.all([organization.connect(), organization.connect(), organization.connect()]);
  await Promise.all(clients.map((client) => createTargetTable(client, target, definition)));
  const { rows } = await organization.superuser.query(
    `SELECT tableowner FROM pg_tables WHERE schemaname = $1 AND tablename = 'raced'`,
    [target.schema],
  );
  expect(rows).toEqual([{ tableowner: target.role }]);
});

const many = `id,name\n${Array.from({ length: 25_000 }, (_, i) => `${i},a`).join('\n')}`;
const keyIndex = async () =>
  (
    await organization.superuser.query<{ oid: number }>(
      `SELECT conindid AS oid FROM pg_constraint WHERE contype = 'p' AND conrelid = $1::regclass`,
      [qualifiedName(organization.target.schema, organization.target.table)],
    )
  ).rows[0]?.oid;
async function fill(file: string): Promise<number> {
  const { client } = organization;
  const merge = await staged(client, file);
  await client.query('BEGIN');
  const { inserted } = await mergeStaging(merge);
  await client.query('COMMIT');
  return inserted;
}

describe('an empty table', () => {
  test('gets the index of its key anew, and the key holds', async () => {
    const before = await keyIndex();
    expect(await fill(many)).toBe(25_000);
    expect(await keyIndex()).not.toBe(before);
    const insert = `INSERT INTO ${qualifiedName(organization.target.schema, organization.target.table)}
      VALUES (1, 'twice', 1, '00000000-0000-0000-0000-000000000000', 1)`;
    await expect(organization.superuser.query(insert)).rejects.toMatchObject({ code: '23505' });
  });

  test('that somebody reads is filled as it is, without waiting for them', async () => {
    const before = await keyIndex();
    const { superuser, target } = organization;
    await superuser.query(`BEGIN; SELECT FROM ${qualifiedName(target.schema, target.table)}`);
    expect(await fill(many)).toBe(25_000);
    await superuser.query('COMMIT');
    expect(await keyIndex()).toBe(before);
  });

  test('whose key something depends on is filled as it is', async () => {
    const before = await keyIndex();
    const { superuser, target } = organization;
    const table = qualifiedName(target.schema, target.table);
    await superuser.query(`CREATE TABLE "${target.schema}".other (id bigint REFERENCES ${table})`);
    expect(await fill(many)).toBe(25_000);
    expect(await keyIndex()).toBe(before);
  });

  test('gets the last line of a key that a large file has twice', async () => {
    expect(await fill(`${many}\n7,last`)).toBe(25_000);
    expect((await targetRows(organization)).find((row) => row['id'] === '7')).toMatchObject({ name: 'last' });
  });
});

test('an empty table whose key can not be made anew behind the rows is filled with its key, repeated keys too', async () => {
  const { client, superuser, target } = organization;
  const table = qualifiedName(target.schema, target.table);
  // A trigger that waits for the commit: the table can't be altered before.
  await superuser.query(`
    CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON ${table} DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION nothing()`);
  const lines = Array.from({ length: 25_000 }, (_, i) => `${i},a`).join('\n');
  const merge = await staged(client, `id,name\n${lines}\n7,last`);
  await client.query('BEGIN');
  expect(await mergeStaging(merge)).toMatchObject({ inserted: 25_000, repeated: 1, unchanged: 0 });
  await client.query('COMMIT');
  const { rows } = await superuser.query(
    `SELECT (SELECT count(*)::int FROM ${table}) AS found, (SELECT name FROM ${table} WHERE id = 7) AS seven,
            (SELECT count(*)::int FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p') AS keys`,
    [table],
  );
  expect(rows).toEqual([{ found: 25_000, seven: 'last', keys: 1 }]);
});

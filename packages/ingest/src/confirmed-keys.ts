import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { type MergeSubject, sameKey } from './merge-statements.ts';
import { sqlType } from './sql-type.ts';
import { qualifiedName, quoteIdentifier, quoteLiteral } from './target-table.ts';

/** Beside the tables of an organization: of each, which keys a file had in rows that it left as they were. */
export const confirmedKeysTable = '_confirmed_keys';

/** What is kept since the last compaction grows at least to this before the next. */
const fewestKeysToCompact = 100_000;
/** Of one array: 8 MB. */
const keysAtATime = 1_000_000;
/** A line that confirms the table as a whole. */
const isWhole = 'key_count = 0';

/**
 * That a row is unchanged is news too: a file that is older, and is merged later, must not overwrite it. Writing the row again
 * only to say so would cost as much as changing it; so a merge keeps, in its own transaction, eight bytes for each key of its
 * file, hashed, and an older file leaves those rows alone. (64 bits: of a million keys against a million, two that differ look
 * the same once in 18 million merges.) A file that had every key of the table confirms it as a whole, in one line without a hash;
 * should an older file come after all, the hashes are made of the table then, before it adds a row.
 *
 * For files that upsert. Files that replace partitions leave a mark in the table; files that only insert change nothing.
 */
export function confirmsKeys({ mode, primaryKey }: TableDefinition): boolean {
  return mode === 'upsert' && primaryKey.length > 0;
}

/**
 * Takes the rows out of the staging table that newer files have confirmed, and that are there; how many. In the transaction that
 * holds the target.
 *
 * @throws HikyakuError `newer-taken-in`: newer files were taken in before the dataset's key was changed; what they confirmed can't
 *   be told any more
 */
export async function leaveConfirmedRows(client: DatabaseClient, subject: MergeSubject): Promise<number> {
  const table = tableName(subject);
  if (!(await exists(client, table))) return 0;
  const { name, shape, kind, place, arrival, hash } = terms(subject);
  // Dates in names go on under another key; other places may be of another kind: then the time in the arrival's id tells.
  const isNewer =
    subject.definition.order.by === 'name-date'
      ? `CASE WHEN starts_with(key_shape, ${kind}) THEN (source_position, arrival_id) > (${place}) ELSE arrival_id > ${arrival} END`
      : `arrival_id > ${arrival}`;
  const others = `FROM ${table} WHERE table_name = ${name} AND key_shape <> ${shape} AND ${isNewer} LIMIT 1`;
  if ((await client.query(`SELECT ${others}`)).rowCount !== 0) throw new HikyakuError('newer-taken-in');
  const newer = `FROM ${table} WHERE table_name = ${name} AND key_shape = ${shape} AND (source_position, arrival_id) > (${place})`;
  if ((await client.query(`SELECT ${newer} LIMIT 1`)).rowCount === 0) return 0;
  await spellOut(client, subject, newer);
  // Somebody may have deleted rows by hand since: a key that isn't there any more is nobody's.
  const { rowCount } = await client.query(
    `DELETE FROM ${qualifiedName(subject.target.schema, subject.stagingTable)} s
      WHERE ${hash} IN (SELECT unnest(key_hashes) ${newer})
        AND EXISTS (SELECT FROM ${qualifiedName(subject.target.schema, subject.target.table)} t
                     WHERE ${sameKey(subject.definition, 't', 's')})`,
  );
  return rowCount ?? 0;
}

/** Hashes of all keys that the table has, in place of a line that confirms it as a whole. `newer`: which lines it is about. */
async function spellOut(client: DatabaseClient, subject: MergeSubject, newer: string): Promise<void> {
  const table = tableName(subject);
  const { rows } = await client.query<{ place: string }>(
    `DELETE ${newer} AND ${isWhole} RETURNING format('%s::bigint, %L::uuid', source_position, arrival_id) AS place`,
  );
  const { name, shape, hashOfTarget } = terms(subject);
  for (const { place } of rows) {
    await client.query(
      `INSERT INTO ${table} (table_name, key_shape, source_position, arrival_id, key_count, key_hashes)
       SELECT ${name}, ${shape}, ${place}, count(*), array_agg(h)
         FROM (SELECT ${hashOfTarget} AS h, row_number() OVER () / ${keysAtATime} AS piece
                 FROM ${qualifiedName(subject.target.schema, subject.target.table)} t) k GROUP BY piece`,
    );
  }
}

/** Of a table that somebody has emptied nothing is confirmed any more. In the transaction that holds it. */
export async function forgetConfirmedKeys(client: DatabaseClient, subject: MergeSubject): Promise<void> {
  const table = tableName(subject);
  if (!(await exists(client, table))) return;
  await client.query(`DELETE FROM ${table} WHERE table_name = ${terms(subject).name}`);
}

/**
 * Keeps the keys of the staging table as confirmed by its file, once they are all in the target. In the transaction that holds it.
 *
 * @param staged how many keys there are
 */
export async function keepConfirmedKeys(client: DatabaseClient, subject: MergeSubject, staged: number): Promise<void> {
  const table = tableName(subject);
  if (!(await exists(client, table))) await create(client, table);
  const { name, shape, place, hash } = terms(subject);
  if (await hasNoOther(client, subject, staged)) {
    const older = `(source_position, arrival_id) <= (${place})`;
    await client.query(`DELETE FROM ${table} WHERE table_name = ${name} AND key_shape = ${shape} AND ${older}`);
    await client.query(
      `INSERT INTO ${table} (table_name, key_shape, source_position, arrival_id, key_count, key_hashes)
       VALUES (${name}, ${shape}, ${place}, 0, '{}')`,
    );
    return;
  }
  await client.query(
    `INSERT INTO ${table} (table_name, key_shape, source_position, arrival_id, key_count, key_hashes)
     SELECT ${name}, ${shape}, ${place}, count(*), array_agg(${hash})
       FROM ${qualifiedName(subject.target.schema, subject.stagingTable)} s GROUP BY s."_line_number" / ${keysAtATime}`,
  );
  if (await isLarge(client, table, name)) await compact(client, table, name);
}

/**
 * Whether the target has the keys of the file and no other. Where a column orders it doesn't matter: what a file has of a key is
 * then confirmed at the file's value, which may not be the table's.
 */
async function hasNoOther(
  client: DatabaseClient,
  { definition, target }: MergeSubject,
  staged: number,
): Promise<boolean> {
  if (definition.order.by === 'column') return false;
  const { rows } = await client.query<{ is_whole: boolean }>(
    `SELECT count(*) = ${staged} AS is_whole
       FROM (SELECT FROM ${qualifiedName(target.schema, target.table)} LIMIT ${staged + 1}) t`,
  );
  return rows[0]?.is_whole ?? false;
}

function tableName({ target }: MergeSubject): string {
  return qualifiedName(target.schema, confirmedKeysTable);
}

/** What identifies a row, and its place in the order; in SQL. Where a column orders, a row is confirmed at its value of it. */
function terms({ definition, target, sourcePosition, arrivalId }: MergeSubject) {
  const { columns, order, primaryKey } = definition;
  const names = order.by === 'column' ? [...new Set([...primaryKey, order.column])] : primaryKey;
  const arrival = `${quoteLiteral(arrivalId)}::uuid`;
  // Whatever order they are listed in.
  const identity = columns.filter(({ name }) => names.includes(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name: quoteLiteral(target.table),
    shape: quoteLiteral(JSON.stringify([order.by, ...identity.map(({ name, type }) => [name, sqlType(type)])])),
    kind: quoteLiteral(JSON.stringify([order.by]).slice(0, -1)),
    arrival,
    place: `${order.by === 'column' ? 0n : sourcePosition}::bigint, ${arrival}`,
    hash: hashOf(identity.map(({ name }) => `s.${quoteIdentifier(name)}`)),
    // Of a table that was there before the types may be others.
    hashOfTarget: hashOf(identity.map(({ name, type }) => `t.${quoteIdentifier(name)}::${sqlType(type)}`)),
  };
}

function hashOf(values: readonly string[]): string {
  return `hash_record_extended(ROW(${values.join(', ')}), 0)`;
}

async function exists(client: DatabaseClient, table: string): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [table]);
  return rows[0]?.exists ?? false;
}

async function create(client: DatabaseClient, table: string): Promise<void> {
  // CREATE … IF NOT EXISTS alone fails when two do it at once.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [table]);
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${table} (
       table_name text NOT NULL, key_shape text NOT NULL, source_position bigint NOT NULL, arrival_id uuid NOT NULL,
       is_compact boolean NOT NULL DEFAULT false, key_count bigint NOT NULL, key_hashes bigint[] STORAGE EXTERNAL NOT NULL);
     CREATE INDEX IF NOT EXISTS "_confirmed_keys_place" ON ${table} (table_name, key_shape, source_position, arrival_id);
     CREATE INDEX IF NOT EXISTS "_confirmed_keys_fresh" ON ${table} (table_name) WHERE NOT is_compact`,
  );
}

/** What came since the last compaction is looked at first: it is never much, and usually little enough. */
async function isLarge(client: DatabaseClient, table: string, name: string): Promise<boolean> {
  const count = async (condition: string) => {
    const { rows } = await client.query<{ keys: string }>(
      `SELECT coalesce(sum(key_count), 0) AS keys FROM ${table} WHERE table_name = ${name} AND ${condition}`,
    );
    return Number(rows[0]?.keys);
  };
  const fresh = await count('NOT is_compact');
  return fresh > fewestKeysToCompact && fresh > (await count('is_compact'));
}

/**
 * Of each key only the newest file that confirmed it counts: so there are never many more hashes than the table has keys. Files are
 * few: a number for each keeps the sorting to numbers.
 */
async function compact(client: DatabaseClient, table: string, name: string): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM ${table} WHERE table_name = ${name} AND NOT ${isWhole}
       RETURNING key_shape, source_position, arrival_id, key_hashes),
     files AS (
       SELECT key_shape, source_position, arrival_id, dense_rank() OVER (ORDER BY key_shape) AS shape,
              row_number() OVER (ORDER BY source_position, arrival_id) AS place
         FROM (SELECT DISTINCT key_shape, source_position, arrival_id FROM gone) f),
     newest AS (
       SELECT shape, h, max(place) AS place FROM gone JOIN files USING (key_shape, source_position, arrival_id), unnest(key_hashes) h
        GROUP BY shape, h),
     pieces AS (
       SELECT shape, place, count(*) AS keys, array_agg(h) AS hashes
         FROM newest GROUP BY shape, place, h % (SELECT sum(cardinality(key_hashes)) / ${keysAtATime} + 1 FROM gone)::bigint)
     INSERT INTO ${table} (table_name, key_shape, source_position, arrival_id, is_compact, key_count, key_hashes)
     SELECT ${name}, key_shape, source_position, arrival_id, true, keys, hashes FROM pieces JOIN files USING (shape, place)`,
  );
}

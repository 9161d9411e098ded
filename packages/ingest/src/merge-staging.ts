import { type ColumnDefinition, HikyakuError, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { isPostgresError, toHikyakuError } from './database-error.ts';
import { typedValue } from './sql-type.ts';
import { qualifiedName, quoteIdentifier, quoteLiteral, type TargetTable } from './target-table.ts';

export interface MergeStagingOptions {
  /** In a transaction that the caller began, and fenced; the caller commits or rolls back. */
  client: DatabaseClient;
  target: TargetTable;
  definition: TableDefinition;
  stagingTable: string;
  /** `rowsStaged` of staging less `rejected` of validation: the proof that nothing was lost since. */
  expectedStagedRows: number;
  /** The file's place in the order of its dataset. Rows of a greater one are not touched. */
  sourcePosition: bigint;
  ingestRunId: string;
  /** Whether a row that is unchanged gets this file's source position too, so that files between can't change it. */
  touchUnchanged: boolean;
  /** Called when another transaction holds the table, before waiting for it. */
  onWaitingForLock?: () => void;
  /** Longest wait for the table. 300 by default. */
  lockTimeoutSeconds?: number;
  /** Memory of one sort or hash in the database; 64 by default. */
  workMemMegabytes?: number;
  /** Zone of timestamps without an offset; the one given to validation. `Asia/Tokyo` by default. */
  timeZone?: string;
}

export interface MergedRows {
  inserted: number;
  updated: number;
  /** Rows that equal the table's, and rows whose table row comes from a newer file. */
  unchanged: number;
  /** Earlier lines of a key that came again. */
  repeated: number;
}

/**
 * Brings the validated rows into the target table: the last line of a key wins, rows that differ are updated, missing
 * ones inserted, rows of a newer file left alone. Leaves role and settings of the transaction as they were.
 *
 * Throws `HikyakuError`: `staging-lost` (retriable; expected, found), `database-unavailable` (retriable; also when the
 * table stayed locked), `internal`. After any of them the transaction has to be rolled back.
 */
export async function mergeStaging(options: MergeStagingOptions): Promise<MergedRows> {
  const { client, target, workMemMegabytes, timeZone } = options;
  const settings = {
    role: target.role,
    lockTimeoutSeconds: options.lockTimeoutSeconds ?? 300,
    ...(workMemMegabytes ? { workMemMegabytes } : {}),
    ...(timeZone ? { timeZone } : {}),
  };
  try {
    return await asOrganization(client, settings, () => merge(options));
  } catch (error) {
    throw toHikyakuError(error);
  }
}

async function merge(options: MergeStagingOptions): Promise<MergedRows> {
  const { client, expectedStagedRows } = options;
  const statements = mergeStatements(options);
  await lockTarget(options);
  const { found, hasRepeated } = await countStaged(client, statements.countStaged);
  if (found !== expectedStagedRows) {
    throw new HikyakuError('staging-lost', { retriable: true, details: { expected: expectedStagedRows, found } });
  }
  const repeated = hasRepeated ? await affected(client, statements.dropRepeated) : 0;
  if ((await affected(client, statements.findAnyRow)) === 0) {
    const inserted = await affected(client, statements.insertAll);
    return { inserted, updated: 0, repeated, unchanged: found - repeated - inserted };
  }
  await client.query(statements.findChanges);
  const updated = statements.update ? await affected(client, statements.update) : 0;
  if (options.touchUnchanged) await client.query(statements.touch);
  const inserted = await affected(client, statements.insertMissing);
  await client.query(statements.dropChanges);
  return { inserted, updated, repeated, unchanged: found - repeated - updated - inserted };
}

async function affected(client: DatabaseClient, statement: string): Promise<number> {
  return (await client.query(statement)).rowCount ?? 0;
}

/** A crash of any backend of PostgreSQL empties UNLOGGED tables without a word: the count tells. */
async function countStaged(client: DatabaseClient, statement: string) {
  const { rows } = await client.query<{ found: string; keys: string | null }>(statement);
  const found = Number(rows[0]?.found);
  return { found, hasRepeated: rows[0]?.keys === null || Number(rows[0]?.keys) < found };
}

/** A mode that lets readers pass and keeps every other merge out: what is compared stays so until the commit. */
async function lockTarget({ client, target, onWaitingForLock }: MergeStagingOptions): Promise<void> {
  const lock = `LOCK TABLE ${qualifiedName(target.schema, target.table)} IN SHARE ROW EXCLUSIVE MODE`;
  await client.query('SAVEPOINT try_lock');
  try {
    await client.query(`${lock} NOWAIT`);
  } catch (error) {
    if (!isPostgresError(error) || error.code !== '55P03') throw error;
    await client.query('ROLLBACK TO SAVEPOINT try_lock');
    onWaitingForLock?.();
    await client.query(lock);
  }
  await client.query('RELEASE SAVEPOINT try_lock');
}

/**
 * What differs is found by one join, which may run in parallel, as no UPDATE or INSERT may; they then touch only that. The
 * table is locked, so that a row is still where it was found (`ctid`).
 */
function mergeStatements({ target, definition, stagingTable, sourcePosition, ingestRunId }: MergeStagingOptions) {
  const table = qualifiedName(target.schema, target.table);
  const staging = qualifiedName(target.schema, stagingTable);
  const changes = qualifiedName(target.schema, `${stagingTable}_changes`);
  const position = `${sourcePosition}::bigint`;
  const origin = `${position}, ${quoteLiteral(ingestRunId)}::uuid`;
  const keys = definition.columns.filter((column) => definition.primaryKey.includes(column.name));
  const others = definition.columns.filter((column) => !definition.primaryKey.includes(column.name));
  const names = definition.columns.map((column) => quoteIdentifier(column.name));
  const typedValues = definition.columns.map(
    (column) => `${typedValue(column, 's')} AS ${quoteIdentifier(column.name)}`,
  );
  const sameKey = keys.map((key) => `t.${quoteIdentifier(key.name)} = ${typedValue(key, 's')}`).join(' AND ');
  const differences = others.map(
    (column) => `t.${quoteIdentifier(column.name)} IS DISTINCT FROM ${typedValue(column, 's')}`,
  );
  const assignments = others.map((column) => `${quoteIdentifier(column.name)} = c.${quoteIdentifier(column.name)}`);
  const insert = `INSERT INTO ${table} (${names.join(', ')}, "_source_position", "_ingest_run_id")`;
  return {
    ...repetitionStatements(staging, keys),
    findAnyRow: `SELECT FROM ${table} LIMIT 1`,
    insertAll: `${insert} SELECT ${typedValues.join(', ')}, ${origin} FROM ${staging} s`,
    findChanges: `CREATE UNLOGGED TABLE ${changes} AS
      SELECT t.ctid AS "_target", ${typedValues.join(', ')}
        FROM ${staging} s LEFT JOIN ${table} t ON ${sameKey}
       WHERE t.ctid IS NULL OR (t."_source_position" <= ${position} AND (${differences.join(' OR ') || 'false'}))`,
    update:
      assignments.length === 0
        ? undefined
        : `UPDATE ${table} t
        SET ${assignments.join(', ')}, ("_source_position", "_ingest_run_id") = ROW(${origin})
       FROM ${changes} c WHERE t.ctid = c."_target"`,
    touch: `UPDATE ${table} t SET "_source_position" = ${position}
       FROM ${staging} s WHERE ${sameKey} AND t."_source_position" < ${position}`,
    insertMissing: `${insert} SELECT ${names.join(', ')}, ${origin} FROM ${changes} c WHERE c."_target" IS NULL`,
    dropChanges: `DROP TABLE ${changes}`,
  };
}

function repetitionStatements(staging: string, keys: ColumnDefinition[]) {
  const values = keys.map((key) => typedValue(key, 's'));
  const places = values.map((_, i) => i + 1).join(', ');
  // Distinct values of one column are counted by a sort, twice as fast as groups; those of several compare slowly.
  const distinct = values.length === 1 ? `count(DISTINCT ${values[0]})` : 'NULL';
  return {
    countStaged: `SELECT count(*) AS found, ${distinct} AS keys FROM ${staging} s`,
    dropRepeated: `WITH repeated AS (
        SELECT ${values.map((value, i) => `${value} AS k${i}`).join(', ')}, max(s."_line_number") AS last
          FROM ${staging} s GROUP BY ${places} HAVING count(*) > 1)
      DELETE FROM ${staging} s USING repeated
       WHERE ${values.map((value, i) => `${value} = repeated.k${i}`).join(' AND ')} AND s."_line_number" < repeated.last`,
  };
}

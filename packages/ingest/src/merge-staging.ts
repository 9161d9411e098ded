import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { isPostgresError, toHikyakuError } from './database-error.ts';
import { typedValue } from './sql-type.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

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
  await refuseLostStaging(options);
  const repeated = await count(client, statements.dropRepeated);
  const isEmpty = (await client.query(statements.findAnyRow)).rowCount === 0;
  let updated = 0;
  if (!isEmpty) {
    if (statements.update) updated = await count(client, statements.update, options);
    if (options.touchUnchanged) await count(client, statements.touch, options);
  }
  const inserted = await count(client, isEmpty ? statements.insertAll : statements.insertMissing, options);
  return { inserted, updated, repeated, unchanged: expectedStagedRows - repeated - updated - inserted };
}

async function count(client: DatabaseClient, statement: string, options?: MergeStagingOptions): Promise<number> {
  const values = options ? [options.sourcePosition.toString(), options.ingestRunId] : [];
  return (await client.query(statement, values)).rowCount ?? 0;
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

/** A crash of any backend of PostgreSQL empties UNLOGGED tables without a word. */
async function refuseLostStaging({ client, target, stagingTable, expectedStagedRows }: MergeStagingOptions) {
  const staging = qualifiedName(target.schema, stagingTable);
  const result = await client.query<{ found: string }>(`SELECT count(*) AS found FROM ${staging}`);
  const found = Number(result.rows[0]?.found);
  if (found === expectedStagedRows) return;
  throw new HikyakuError('staging-lost', { retriable: true, details: { expected: expectedStagedRows, found } });
}

function mergeStatements({ target, definition, stagingTable }: MergeStagingOptions) {
  const staging = qualifiedName(target.schema, stagingTable);
  const table = qualifiedName(target.schema, target.table);
  const keys = definition.columns.filter((column) => definition.primaryKey.includes(column.name));
  const others = definition.columns.filter((column) => !definition.primaryKey.includes(column.name));
  const sameKey = keys.map((key) => `t.${quoteIdentifier(key.name)} = ${typedValue(key, 's')}`).join(' AND ');
  const keyValues = keys.map((key) => typedValue(key, 's'));
  const names = [
    ...definition.columns.map((column) => quoteIdentifier(column.name)),
    '"_source_position"',
    '"_ingest_run_id"',
  ];
  const values = definition.columns.map((column) => typedValue(column, 's'));
  const insertAll = `INSERT INTO ${table} (${names.join(', ')})
    SELECT ${values.join(', ')}, $1::bigint, $2::uuid FROM ${staging} s`;
  const assignments = others.map((column) => `${quoteIdentifier(column.name)} = ${typedValue(column, 's')}`);
  const differences = others.map(
    (column) => `t.${quoteIdentifier(column.name)} IS DISTINCT FROM ${typedValue(column, 's')}`,
  );

  return {
    findAnyRow: `SELECT FROM ${table} LIMIT 1`,
    dropRepeated: `WITH repeated AS (
        SELECT ${keyValues.map((value, i) => `${value} AS k${i}`).join(', ')}, max(s."_line_number") AS last
          FROM ${staging} s GROUP BY ${keyValues.map((_, i) => i + 1).join(', ')} HAVING count(*) > 1)
      DELETE FROM ${staging} s USING repeated
       WHERE ${keyValues.map((value, i) => `${value} = repeated.k${i}`).join(' AND ')} AND s."_line_number" < repeated.last`,
    update:
      others.length === 0
        ? undefined
        : `UPDATE ${table} t
        SET ${assignments.join(', ')}, "_source_position" = $1::bigint, "_ingest_run_id" = $2::uuid
       FROM ${staging} s
      WHERE ${sameKey} AND t."_source_position" <= $1::bigint AND (${differences.join(' OR ')})`,
    touch: `UPDATE ${table} t SET "_source_position" = $1::bigint
       FROM ${staging} s
      WHERE ${sameKey} AND t."_source_position" < $1::bigint AND $2::uuid IS NOT NULL`,
    insertAll,
    insertMissing: `${insertAll} WHERE NOT EXISTS (SELECT FROM ${table} t WHERE ${sameKey})`,
  };
}

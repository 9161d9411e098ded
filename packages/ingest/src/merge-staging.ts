import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import { confirmsKeys, forgetConfirmedKeys, keepConfirmedKeys, leaveConfirmedRows } from './confirmed-keys.ts';
import type { DatabaseClient } from './database-client.ts';
import { isPostgresError, toHikyakuError } from './database-error.ts';
import { mergeStatements } from './merge-statements.ts';
import { partitionStatements } from './partition-statements.ts';
import { qualifiedName, type TargetTable } from './target-table.ts';
import { withoutKeyIndex } from './without-key-index.ts';

export interface MergeStagingOptions {
  /** In a transaction that the caller began, and fenced; the caller commits or rolls back. */
  client: DatabaseClient;
  target: TargetTable;
  definition: TableDefinition;
  stagingTable: string;
  /** `rowsStaged` of staging less `rejected` of validation: the proof that nothing was lost since. */
  expectedStagedRows: number;
  /** The file's place in the order of its dataset. What comes from a greater one is not touched. */
  sourcePosition: bigint;
  arrivalId: string;
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
  /** Rows of the file's partitions that the file doesn't have; none in other modes. */
  deleted: number;
  /** Rows that equal the table's, and rows in whose place something newer stands. */
  unchanged: number;
  /** Earlier lines of a key that came again. */
  repeated: number;
  /** Whether something newer stands in the place of all the file has. */
  isStale: boolean;
}

/**
 * Brings the validated rows into the target table, as the dataset's mode says: of the lines of one key the newest wins, or
 * the last; rows that differ are updated, missing ones inserted, what comes from a newer file, or was confirmed by one, is
 * left alone. Leaves role and
 * settings of the transaction as they were.
 *
 * Throws `HikyakuError`: `staging-lost` (retriable; expected, found), `target-changed` (retriable), `newer-taken-in`,
 * `database-unavailable` (retriable; also when the table stayed locked), `internal`. After any of them the transaction has to be rolled back.
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

type MergeStatements = ReturnType<typeof mergeStatements>;

async function merge(options: MergeStagingOptions): Promise<MergedRows> {
  const { client, definition } = options;
  const statements = mergeStatements(options);
  await lockTarget(options);
  const isEmpty = (await affected(client, statements.findAnyRow)) === 0;
  if (isEmpty) {
    if (confirmsKeys(definition)) await forgetConfirmedKeys(client, options);
    return fill(options, statements, (rows, insert) => withoutKeyIndex(options, rows, insert));
  }
  if (definition.primaryKey.length === 0) return fill(options, statements, (_rows, insert) => insert());
  const { found, hasRepeated } = await countStaged(client, statements.countStaged);
  requireAll(options, found);
  const repeated = hasRepeated ? await affected(client, statements.dropRepeated) : 0;
  const rows = found - repeated;
  const left = confirmsKeys(definition) ? await leaveConfirmedRows(client, options) : 0;
  const merged = await mergeByKey(options, statements);
  const unchanged = rows - merged.inserted - merged.updated;
  if (confirmsKeys(definition) && unchanged > 0) await keepConfirmedKeys(client, options, rows - left);
  return { ...merged, repeated, unchanged, isStale: merged.isStale && rows > 0 };
}

/** A key came twice; or the key's index can't be made anew here: triggers wait for the commit, or it belongs to another table. */
const fillFailures = new Set(['23505', '55006', '42P16']);

/** Where nothing can be in the way. That no key comes twice is what the key's index says: asking first costs as much as half of it. */
async function fill(
  options: MergeStagingOptions,
  statements: MergeStatements,
  run: (rows: number, insert: () => Promise<number>) => Promise<number>,
): Promise<MergedRows> {
  const { client, expectedStagedRows } = options;
  let repeated = 0;
  let inserted: number;
  await client.query('SAVEPOINT fill');
  try {
    inserted = await run(expectedStagedRows, () => affected(client, statements.insertAll));
  } catch (error) {
    if (!isPostgresError(error) || !fillFailures.has(error.code)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT fill');
    repeated = statements.dropRepeated === '' ? 0 : await affected(client, statements.dropRepeated);
    inserted = await affected(client, statements.insertAll);
  }
  await client.query('RELEASE SAVEPOINT fill');
  requireAll(options, inserted + repeated);
  return { inserted, updated: 0, deleted: 0, unchanged: 0, repeated, isStale: false };
}

/** A crash of any backend of PostgreSQL empties UNLOGGED tables without a word: the count tells. */
function requireAll({ expectedStagedRows: expected }: MergeStagingOptions, found: number): void {
  if (found !== expected) throw new HikyakuError('staging-lost', { retriable: true, details: { expected, found } });
}

/** What differs is found first, by one join, which may run in parallel, as no UPDATE or INSERT may; they touch only that. */
async function mergeByKey(
  options: MergeStagingOptions,
  statements: MergeStatements,
): Promise<Pick<MergedRows, 'inserted' | 'updated' | 'deleted' | 'isStale'>> {
  const { client, definition } = options;
  const partitions = definition.mode === 'replace-partition' ? partitionStatements(options) : undefined;
  const isStale = partitions !== undefined && (await affected(client, partitions.find)) === 0;
  await client.query(partitions?.findChanges ?? statements.findChanges);
  if (definition.mode === 'insert' && (await affected(client, statements.findUpdate)) > 0) {
    // Its key was not there when the rows were validated: validating them again refuses it.
    throw new HikyakuError('target-changed', { retriable: true });
  }
  const deleted = partitions ? await affected(client, partitions.deleteMissing) : 0;
  const updated = statements.update ? await affected(client, statements.update) : 0;
  const inserted = await affected(client, statements.insertMissing);
  if (partitions) await client.query(partitions.markReplaced);
  await client.query(statements.dropChanges);
  if (partitions) await client.query(partitions.drop);
  return { inserted, updated, deleted, isStale };
}

async function affected(client: DatabaseClient, statement: string): Promise<number> {
  return (await client.query(statement)).rowCount ?? 0;
}

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

import { randomUUID } from 'node:crypto';
import type { RowCounts, TableDefinition } from '@hikyaku/types';
import {
  type BorrowedClient,
  copyRejects,
  createTargetTable,
  dropStaging,
  mergeStaging,
  stageObject,
  stagingTableName,
  validateStaging,
} from '../src/index.ts';
import { confirmedKeysTable } from '../src/confirmed-keys.ts';
import { qualifiedName } from '../src/target-table.ts';
import type { TestOrganization } from './test-organization.ts';

export interface TakeInOptions {
  position?: bigint;
  arrivalId?: string;
  borrow?: () => Promise<BorrowedClient>;
  timeZone?: string;
  chunkBytes?: number;
  /** What happens between validation and merge. */
  beforeMerge?: (stagingTable: string) => Promise<void>;
}

/** One file all the way into the table, as a worker takes it. */
export async function takeIn(
  organization: TestOrganization,
  definition: TableDefinition,
  file: string | Uint8Array | AsyncIterable<Uint8Array>,
  options: TakeInOptions = {},
): Promise<RowCounts> {
  const { client, target } = organization;
  const ingestRunId = randomUUID();
  const stagingTable = stagingTableName(ingestRunId);
  const zone = options.timeZone ? { timeZone: options.timeZone } : {};
  if (definition.target === 'managed') await createTargetTable(client, target, definition);
  const staged = await stageObject({
    client,
    target,
    definition,
    stagingTable,
    source: typeof file === 'string' || file instanceof Uint8Array ? chunksOf(file, options.chunkBytes) : file,
    ...zone,
    ...(options.borrow ? { borrow: options.borrow } : {}),
  });
  const { headerCells } = staged;
  const validated = await validateStaging({ client, target, definition, stagingTable, headerCells, ...zone });
  const rejected = staged.structuralRejects + validated.rejected;
  await options.beforeMerge?.(stagingTable);
  await client.query('BEGIN');
  try {
    const merged = await mergeStaging({
      client,
      target,
      definition,
      stagingTable,
      expectedStagedRows: staged.rowsStaged - validated.rejected,
      sourcePosition: options.position ?? 1n,
      arrivalId: options.arrivalId ?? ingestRunId,
      ...zone,
    });
    const [organizationId, arrivalId] = [randomUUID(), randomUUID()];
    await copyRejects({
      client,
      target,
      stagingTable,
      organizationId,
      arrivalId,
      ingestRunId,
      rejectedRows: rejected,
    });
    await dropStaging({ client, target, stagingTable });
    await client.query('COMMIT');
    const { isStale: _, ...counts } = merged;
    return { read: staged.rowsRead, rejected, ...counts };
  } catch (error) {
    await client.query('ROLLBACK');
    await dropStaging({ client, target, stagingTable });
    throw error;
  }
}

export async function* chunksOf(file: string | Uint8Array, chunkBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}

/** The target's rows in the order of their key, every value as text. */
export async function targetRows({ superuser, target }: TestOrganization): Promise<Record<string, string | null>[]> {
  const table = qualifiedName(target.schema, target.table);
  const result = await superuser.query<{ row: Record<string, string | null> }>(
    `SELECT (SELECT json_object_agg(key, value) FROM jsonb_each_text(to_jsonb(t) - '_arrival_id' - '_line_number')) AS row
       FROM ${table} t ORDER BY t`,
  );
  return result.rows.map(({ row }) => row);
}

/** The ledger's rejects, one line of words each. */
export async function rejectLines({ superuser }: TestOrganization): Promise<string[]> {
  const result = await superuser.query<{ line: string }>(
    `SELECT concat_ws(' ', line_number, coalesce(column_name, '-'), code, value, nullif(details, '{}')) AS line
       FROM reject ORDER BY id`,
  );
  return result.rows.map(({ line }) => line);
}

/** Everything in the organization's schema except the target and what belongs to it: nothing, unless something stayed behind. */
export async function leftBehind({ superuser, target }: TestOrganization): Promise<string[]> {
  const result = await superuser.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND relkind = 'r' AND relname NOT IN ($2, $3)`,
    [target.schema, target.table, confirmedKeysTable],
  );
  return result.rows.map(({ name }) => name);
}

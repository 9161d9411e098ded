import type { TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import { checkColumn } from './column-check.ts';
import { constraintChecks, keyCheck } from './constraint-checks.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction } from './in-transaction.ts';
import { refuseIfAborted } from './read-chunks.ts';
import { refuseRows } from './refuse-rows.ts';
import type { RowCheck } from './row-check.ts';
import { typedValue } from './sql-type.ts';
import { doubtfulTableName } from './staging-table.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

export interface ValidateStagingOptions {
  /** Idle; it is in a transaction of this function's own until the promise settles. */
  client: DatabaseClient;
  target: TargetTable;
  definition: TableDefinition;
  stagingTable: string;
  /** As `stageObject` found them; by default the definition's. */
  headerCells?: Record<string, string>;
  /** Zone of timestamps without an offset. `Asia/Tokyo` by default. */
  timeZone?: string;
  /** Heeded before each statement; a statement that runs is not cut short. */
  signal?: AbortSignal;
}

export interface ValidatedStaging {
  /** Rows refused by their cells, and gone from the staging table. Structural rejects are not among them. */
  rejected: number;
}

/**
 * Looks at the staged rows in doubt, and at all rows where the dataset asks for more than types: what its columns can't hold is
 * refused, one reject per offending cell, the rest is in the types of the target table afterwards. Sets work in SQL; no row
 * comes to this process. Beyond the dataset's `rejectLimit` rows are counted, but only as many as the limit get their
 * rejects: the file is refused as a whole.
 *
 * Throws `HikyakuError`: `stopped` (or the signal's reason), `database-unavailable` (retriable), `internal`.
 */
export async function validateStaging(options: ValidateStagingOptions): Promise<ValidatedStaging> {
  const { client, target, definition, stagingTable, signal } = options;
  refuseIfAborted(signal);
  const settings = { role: target.role, ...(options.timeZone ? { timeZone: options.timeZone } : {}) };
  const typeChecks = definition.columns.map((column) => checkColumn(column, definition.primaryKey));
  const valueChecks = [...constraintChecks(definition), ...keyCheck(target, definition)];
  const doubtful = doubtfulTableName(stagingTable);

  return inTransaction(client, () =>
    asOrganization(client, settings, async () => {
      const refuse = (table: string, checks: RowCheck[], limit: number) =>
        refuseRows({ client, target, stagingTable, table, checks, headerCells: options.headerCells, limit });
      const mostTold = definition.rejectLimit + 1;
      let rejected = await refuse(doubtful, typeChecks, mostTold);
      refuseIfAborted(signal);
      await client.query(moveStatement(target.schema, doubtful, stagingTable, definition));
      refuseIfAborted(signal);
      if (valueChecks.length > 0) {
        rejected += await refuse(stagingTable, valueChecks, Math.max(mostTold - rejected, 0));
      }
      return { rejected };
    }),
  );
}

/** Rows that turned out sound, into the types of the target table. */
function moveStatement(schema: string, from: string, to: string, { columns }: TableDefinition): string {
  const names = columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const values = columns.map((column) => typedValue(column, 's')).join(', ');
  return `INSERT INTO ${qualifiedName(schema, to)} ("_line_number", ${names})
    SELECT s."_line_number", ${values} FROM ${qualifiedName(schema, from)} s`;
}

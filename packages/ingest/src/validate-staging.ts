import type { TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import { checkColumn, type ColumnCheck } from './column-check.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction } from './in-transaction.ts';
import { refuseIfAborted } from './read-chunks.ts';
import { rejectsTableName } from './staging-table.ts';
import { type OrganizationSchema, qualifiedName, quoteIdentifier, quoteLiteral } from './target-table.ts';

export interface ValidateStagingOptions {
  /** Idle; it is in a transaction of this function's own until the promise settles. */
  client: DatabaseClient;
  target: OrganizationSchema;
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
 * Refuses the staged rows that the dataset's columns can't hold: one reject per offending cell, and none of these rows
 * stays in the staging table. Sets work in SQL; no row comes to this process. Beyond the dataset's `rejectLimit` rows
 * are counted, but only as many as the limit get their rejects: the file is refused as a whole.
 *
 * Throws `HikyakuError`: `stopped` (or the signal's reason), `database-unavailable` (retriable), `internal`.
 */
export async function validateStaging(options: ValidateStagingOptions): Promise<ValidatedStaging> {
  const { client, target, definition, stagingTable, signal } = options;
  refuseIfAborted(signal);
  const staging = qualifiedName(target.schema, stagingTable);
  const checks = definition.columns.map((column) => checkColumn(column, definition.primaryKey));
  const settings = { role: target.role, ...(options.timeZone ? { timeZone: options.timeZone } : {}) };

  return inTransaction(client, () =>
    asOrganization(client, settings, async () => {
      const refused = qualifiedName(target.schema, `${stagingTable}_refused`);
      const found = await client.query(
        `CREATE UNLOGGED TABLE ${refused} AS
           SELECT s."_line_number" FROM ${staging} s
            WHERE s."_doubtful" AND coalesce(${checks.map((check) => check.code).join(',\n')}) IS NOT NULL`,
      );
      const rejected = found.rowCount ?? 0;
      if (rejected > 0) {
        refuseIfAborted(signal);
        const rejects = qualifiedName(target.schema, rejectsTableName(stagingTable));
        await client.query(
          `INSERT INTO ${rejects} (line_number, column_name, code, value, details)
           SELECT s."_line_number", cell.header, cell.code,
                  CASE WHEN char_length(cell.value) > 200 THEN left(cell.value, 199) || '…' ELSE cell.value END,
                  cell.details
             FROM (SELECT * FROM ${refused} ORDER BY "_line_number" LIMIT ${definition.rejectLimit + 1}) refused
             JOIN ${staging} s USING ("_line_number")
            CROSS JOIN LATERAL (VALUES ${checks.map((check) => cellRow(check, options.headerCells)).join(',\n')})
                  AS cell (header, code, value, details)
            WHERE cell.code IS NOT NULL`,
        );
        refuseIfAborted(signal);
        await client.query(
          `DELETE FROM ${staging} s USING ${refused} refused WHERE s."_line_number" = refused."_line_number"`,
        );
      }
      await client.query(`DROP TABLE ${refused}`);
      return { rejected };
    }),
  );
}

/** One cell of a refused row, as a row of its own. */
function cellRow({ column, code, details }: ColumnCheck, headerCells: Record<string, string> | undefined): string {
  const header = headerCells?.[column.name] ?? column.header ?? column.name;
  return `(${quoteLiteral(header)}, ${code}, s.${quoteIdentifier(column.name)}, ${details})`;
}

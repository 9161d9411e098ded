import type { DatabaseClient } from './database-client.ts';
import type { RowCheck } from './row-check.ts';
import { rejectsTableName } from './staging-table.ts';
import { type OrganizationSchema, qualifiedName, quoteLiteral } from './target-table.ts';

export interface RefuseRowsOptions {
  /** In a transaction, under the organization's role. */
  client: DatabaseClient;
  target: OrganizationSchema;
  stagingTable: string;
  /** Which of the run's tables holds the rows. */
  table: string;
  checks: RowCheck[];
  /** By column name: the header cell the file has for it. */
  headerCells: Record<string, string> | undefined;
  /** Rows that get their rejects; those beyond are only counted. */
  limit: number;
}

/** Takes the rows that fail a check out of the table, one reject per failed check. Returns how many rows. */
export async function refuseRows(options: RefuseRowsOptions): Promise<number> {
  const { client, target, stagingTable, checks, headerCells, limit } = options;
  const table = qualifiedName(target.schema, options.table);
  const refused = qualifiedName(target.schema, `${stagingTable}_refused`);
  const found = await client.query(
    `CREATE UNLOGGED TABLE ${refused} AS
       SELECT s."_line_number" FROM ${table} s WHERE coalesce(${checks.map((check) => check.code).join(',\n')}) IS NOT NULL`,
  );
  const count = found.rowCount ?? 0;
  if (count > 0) {
    await client.query(
      `INSERT INTO ${qualifiedName(target.schema, rejectsTableName(stagingTable))} (line_number, column_name, code, value, details)
       SELECT s."_line_number", fault.header, fault.code,
              CASE WHEN char_length(fault.value) > 200 THEN left(fault.value, 199) || '…' ELSE fault.value END, fault.details
         FROM (SELECT * FROM ${refused} ORDER BY "_line_number" LIMIT ${limit}) refused
         JOIN ${table} s USING ("_line_number")
        CROSS JOIN LATERAL (VALUES ${checks.map((check) => faultRow(check, headerCells)).join(',\n')})
              AS fault (header, code, value, details)
        WHERE fault.code IS NOT NULL`,
    );
    await client.query(`DELETE FROM ${table} s USING ${refused} r WHERE s."_line_number" = r."_line_number"`);
  }
  await client.query(`DROP TABLE ${refused}`);
  return count;
}

function faultRow(
  { columns, code, value, details }: RowCheck,
  headerCells: Record<string, string> | undefined,
): string {
  const header = columns.map(({ name, header: wanted }) => headerCells?.[name] ?? wanted ?? name).join(', ');
  return `(${quoteLiteral(header)}, ${code}, ${value}, ${details})`;
}

import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { toHikyakuError } from './database-error.ts';
import type { FileForm } from './keep-refused-lines.ts';
import { linesTableName } from './staging-table.ts';
import { type OrganizationSchema, qualifiedName } from './target-table.ts';

/** Lines that cross this process at a time; 6 MiB with the longest. */
const linesAtATime = 100;

export interface CopyRefusedLinesOptions {
  /** In a transaction that the caller began under the application's role, with the organization set. */
  client: DatabaseClient;
  target: OrganizationSchema;
  stagingTable: string;
  organizationId: string;
  arrivalId: string;
  form: FileForm;
}

/**
 * Copies what `keepRefusedLines` kept into the ledger: by a cursor, like the rejects.
 *
 * Throws `HikyakuError`: `database-unavailable` (retriable), `internal`.
 */
export async function copyRefusedLines(options: CopyRefusedLinesOptions): Promise<void> {
  const { client, target, stagingTable, organizationId, arrivalId, form } = options;
  try {
    await client.query(
      `INSERT INTO public.reject_header (organization_id, arrival_id, header, encoding, byte_order_mark, newline, format, delimiter)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        organizationId,
        arrivalId,
        form.header,
        form.encoding,
        form.byteOrderMark,
        form.newline,
        form.format,
        form.delimiter,
      ],
    );
    await asOrganization(client, { role: target.role }, async () => {
      await client.query(`DECLARE kept_lines NO SCROLL CURSOR FOR
        SELECT line_number, raw FROM ${qualifiedName(target.schema, linesTableName(stagingTable))} ORDER BY line_number`);
    });
    for (;;) {
      const { rows } = await client.query<{ line_number: string; raw: Buffer | null }>(
        `FETCH ${linesAtATime} FROM kept_lines`,
      );
      if (rows.length === 0) break;
      await client.query(
        `INSERT INTO public.reject_line (organization_id, arrival_id, line_number, raw)
         SELECT $1::uuid, $2::uuid, * FROM unnest($3::bigint[], $4::bytea[])`,
        [organizationId, arrivalId, rows.map((row) => row.line_number), rows.map((row) => row.raw)],
      );
    }
    await client.query('CLOSE kept_lines');
  } catch (error) {
    throw toHikyakuError(error);
  }
}

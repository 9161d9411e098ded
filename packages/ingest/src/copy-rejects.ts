import { HikyakuError } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { toHikyakuError } from './database-error.ts';
import { rejectsTableName } from './staging-table.ts';
import { type OrganizationSchema, qualifiedName } from './target-table.ts';

/** Rejects that cross this process at a time; about 2 MB with the longest values. */
const rowsAtATime = 2_000;

export interface CopyRejectsOptions {
  /** In a transaction that the caller began under the application's role, with the organization set. */
  client: DatabaseClient;
  target: OrganizationSchema;
  stagingTable: string;
  organizationId: string;
  arrivalId: string;
  ingestRunId: string;
  /** Rows refused, structural ones too: where there are some, no reject at all means that a crash emptied the staging. */
  rejectedRows: number;
  /** The ledger's table of rejects; `public.reject` by default. */
  ledger?: { schema: string; table: string };
}

interface RejectRow {
  line_number: string;
  column_name: string | null;
  code: string;
  value: string | null;
  details: unknown;
}

/**
 * Copies a staging table's rejects into the ledger, ordered by line. The two tables belong to different roles and neither
 * sees the other: a cursor opened under the one is read under the other, so that nobody has to be granted anything.
 *
 * Returns how many rejects were copied. Throws `HikyakuError`: `staging-lost` (retriable), `database-unavailable`, `internal`.
 */
export async function copyRejects(options: CopyRejectsOptions): Promise<number> {
  const { client, target, stagingTable } = options;
  const rejects = qualifiedName(target.schema, rejectsTableName(stagingTable));
  try {
    await asOrganization(client, { role: target.role }, async () => {
      await client.query(`DECLARE staged_rejects NO SCROLL CURSOR FOR
        SELECT line_number, column_name, code, value, details FROM ${rejects} ORDER BY line_number, ctid`);
    });
    let copied = 0;
    while (true) {
      const { rows } = await client.query<RejectRow>(`FETCH ${rowsAtATime} FROM staged_rejects`);
      if (rows.length === 0) break;
      await insertIntoLedger(options, rows);
      copied += rows.length;
    }
    await client.query('CLOSE staged_rejects');
    if (copied === 0 && options.rejectedRows > 0) {
      throw new HikyakuError('staging-lost', {
        retriable: true,
        details: { expected: options.rejectedRows, found: 0 },
      });
    }
    return copied;
  } catch (error) {
    throw toHikyakuError(error);
  }
}

async function insertIntoLedger(options: CopyRejectsOptions, rows: RejectRow[]): Promise<void> {
  const { schema, table } = options.ledger ?? { schema: 'public', table: 'reject' };
  await options.client.query(
    `INSERT INTO ${qualifiedName(schema, table)}
       (organization_id, arrival_id, ingest_run_id, line_number, column_name, code, value, details)
     SELECT $1::uuid, $2::uuid, $3::uuid, r.line_number, r.column_name, r.code, r.value, r.details
       FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[], $8::jsonb[]) WITH ORDINALITY
         AS r (line_number, column_name, code, value, details, place)
      ORDER BY r.place`,
    [
      options.organizationId,
      options.arrivalId,
      options.ingestRunId,
      rows.map((row) => row.line_number),
      rows.map((row) => row.column_name),
      rows.map((row) => row.code),
      rows.map((row) => row.value),
      rows.map((row) => JSON.stringify(row.details)),
    ],
  );
}

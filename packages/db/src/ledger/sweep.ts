import type { Pool } from 'pg';
import { z } from 'zod';

const dueRows = z.array(z.object({ arrival_id: z.uuid(), claim_epoch: z.string() }));
const uploadRows = z.array(z.object({ upload_id: z.uuid(), organization_id: z.uuid() }));
const stagingRows = z.array(z.object({ schema_name: z.string(), table_name: z.string() }));

/** Arrivals that should be moving and aren't: their wake-up was lost, or the worker that had them died. */
export async function listDueArrivals(pool: Pool, most: number): Promise<{ arrivalId: string; claimEpoch: string }[]> {
  const { rows } = await pool.query('SELECT arrival_id, claim_epoch FROM list_due_arrivals($1)', [most]);
  return dueRows.parse(rows).map((row) => ({ arrivalId: row.arrival_id, claimEpoch: row.claim_epoch }));
}

/** Settles uploads whose URLs are dead and whose object never came; returns how many. */
export async function expireUploads(pool: Pool): Promise<number> {
  const { rows } = await pool.query('SELECT expire_uploads() AS expired');
  return z.object({ expired: z.int() }).parse(rows[0]).expired;
}

/** Uploads that ended while S3 may still hold parts of them. */
export async function listUploadsToSweep(
  pool: Pool,
  most: number,
): Promise<{ uploadId: string; organizationId: string }[]> {
  const { rows } = await pool.query('SELECT upload_id, organization_id FROM list_uploads_to_sweep($1)', [most]);
  return uploadRows.parse(rows).map((row) => ({ uploadId: row.upload_id, organizationId: row.organization_id }));
}

/** Puts objects in line that fitted no dataset when they came, and do now; at most so many, and returns how many. */
export async function routeArrivals(pool: Pool, most: number): Promise<number> {
  const { rows } = await pool.query('SELECT route_arrivals($1) AS routed', [most]);
  return z.object({ routed: z.int() }).parse(rows[0]).routed;
}

/** Tells subscribers what was committed since the last call, in commit order; returns how many entries. */
export async function announceTimeline(pool: Pool): Promise<number> {
  const { rows } = await pool.query('SELECT announce_timeline() AS announced');
  return z.object({ announced: z.int() }).parse(rows[0]).announced;
}

/** Staging tables whose run is over: a worker was killed before it could drop them. */
export async function listOrphanStagingTables(pool: Pool): Promise<{ schema: string; table: string }[]> {
  const { rows } = await pool.query('SELECT schema_name, table_name FROM list_orphan_staging_tables()');
  return stagingRows.parse(rows).map((row) => ({ schema: row.schema_name, table: row.table_name }));
}

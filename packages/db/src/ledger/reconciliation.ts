import type { Pool } from 'pg';
import { z } from 'zod';

/** Where a page of a listing of versions begins; undefined for the first. */
export interface ListingMarker {
  key: string;
  versionId: string;
}

/** One worker's right to list a bucket's prefix against the ledger, until it runs out. */
export interface ReconciliationClaim {
  bucket: string;
  prefix: string;
  worker: string;
  claimSeconds: number;
}

const claimed = z.object({ next_key_marker: z.string().nullable(), next_version_id_marker: z.string().nullable() });
const places = z.array(z.object({ place: z.int() }));

/**
 * Takes the listing on where it stopped, whoever listed before. Undefined: another worker has it, or the last pass ended less
 * than `intervalSeconds` ago.
 */
export async function claimReconciliation(
  pool: Pool,
  claim: ReconciliationClaim & { intervalSeconds: number },
): Promise<{ from: ListingMarker | undefined } | undefined> {
  const { rows } = await pool.query('SELECT * FROM claim_reconciliation($1, $2, $3, $4, $5)', [
    claim.bucket,
    claim.prefix,
    claim.worker,
    claim.claimSeconds,
    claim.intervalSeconds,
  ]);
  if (rows.length === 0) return undefined;
  const { next_key_marker: key, next_version_id_marker: versionId } = claimed.parse(rows[0]);
  return { from: key === null ? undefined : { key, versionId: versionId ?? '' } };
}

/**
 * A page is done, and the next begins at `next`; undefined after the last one, which ends the pass and
 * the claim. False: it ran out, and another worker goes on.
 */
export async function advanceReconciliation(
  pool: Pool,
  claim: ReconciliationClaim,
  page: { next: ListingMarker | undefined; listed: number; found: number },
): Promise<boolean> {
  const { rows } = await pool.query('SELECT advance_reconciliation($1, $2, $3, $4, $5, $6, $7, $8) AS is_ours', [
    claim.bucket,
    claim.prefix,
    claim.worker,
    claim.claimSeconds,
    page.next?.key ?? null,
    page.next?.versionId ?? null,
    page.listed,
    page.found,
  ]);
  return z.object({ is_ours: z.boolean() }).parse(rows[0]).is_ours;
}

/** Lets another worker, or this one later, go on behind the last page that is done. */
export async function releaseReconciliation(pool: Pool, claim: ReconciliationClaim): Promise<void> {
  await pool.query('SELECT release_reconciliation($1, $2, $3)', [claim.bucket, claim.prefix, claim.worker]);
}

/** Those of the objects that the ledger doesn't know, in their order; one statement, however many there are. */
export async function listUnknownObjects<T extends { key: string; versionId: string; etag: string }>(
  pool: Pool,
  bucket: string,
  objects: readonly T[],
): Promise<T[]> {
  if (objects.length === 0) return [];
  const { rows } = await pool.query('SELECT place FROM list_unknown_objects($1, $2, $3, $4)', [
    bucket,
    objects.map(({ key }) => key),
    objects.map(({ versionId }) => versionId),
    objects.map(({ etag }) => etag),
  ]);
  return places.parse(rows).flatMap(({ place }) => objects[place - 1] ?? []);
}

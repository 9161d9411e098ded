import type { S3Client } from '@aws-sdk/client-s3';
import {
  advanceReconciliation,
  claimReconciliation,
  type ListingMarker,
  listUnknownObjects,
  type RecordedArrival,
  type ReconciliationClaim,
  releaseReconciliation,
} from '@hikyaku/db/ledger';
import { listVersions, type StoredVersion } from '@hikyaku/s3-core';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool } from 'pg';
import { recordObject } from '../arrivals/record-object.ts';

export interface ReconcileOptions {
  pool: Pool;
  s3: S3Client;
  logger: Logger;
  bucket: string;
  /** Every version below it is looked for in the ledger. */
  prefix: string;
  /** Names this process in the ledger. */
  worker: string;
  /** A pass begins this long after the last one ended, whoever ran it. */
  intervalSeconds: number;
  /** What is younger is left to its event. */
  graceSeconds: number;
  /** Requests of one call; the next call goes on there. 100 by default: 100,000 versions. */
  mostPages?: number;
  signal: AbortSignal;
  onRecorded: (arrival: RecordedArrival) => Promise<void>;
}

/** A worker that dies with the listing keeps others from it for this long. */
const claimSeconds = 60;

/**
 * Compares what S3 has with what the ledger knows, versions that are not the newest too, and records what no event
 * announced. A page at a time, with its place kept in the database: any worker goes on where another stopped, and two never
 * list at once. Returns how many objects were found; undefined where it isn't time, or another worker is at it.
 *
 * @throws HikyakuError storage-refused, storage-unavailable; errors of `pg`. The place is kept.
 */
export async function reconcile(options: ReconcileOptions): Promise<number | undefined> {
  const { pool, bucket, prefix, worker } = options;
  const claim: ReconciliationClaim = { bucket, prefix, worker, claimSeconds };
  const claimed = await claimReconciliation(pool, { ...claim, intervalSeconds: options.intervalSeconds });
  if (!claimed) return undefined;
  try {
    return await listOn(options, claim, claimed.from);
  } finally {
    await releaseReconciliation(pool, claim);
  }
}

async function listOn(
  options: ReconcileOptions,
  claim: ReconciliationClaim,
  begin: ListingMarker | undefined,
): Promise<number> {
  const { pool, s3, bucket, prefix, signal, mostPages = 100, logger } = options;
  let total = 0;
  let from = begin;
  for (let pages = 1; ; pages += 1) {
    const { versions, next } = await listVersions(s3, { bucket, prefix, from, signal });
    const found = await recordUnknown(options, versions);
    total += found;
    const isOurs = await advanceReconciliation(pool, claim, { next, listed: versions.length, found });
    if (!next) logger.info({ found: total }, 'reconciled');
    if (!isOurs || !next || pages >= mostPages || signal.aborted) return total;
    from = next;
  }
}

/** The oldest first; each brings older ones of its key along, where they stand on the next page too. */
async function recordUnknown(options: ReconcileOptions, versions: readonly StoredVersion[]): Promise<number> {
  const { pool, s3, bucket, graceSeconds, logger, onRecorded } = options;
  const youngest = Date.now() - graceSeconds * 1_000;
  const settled = versions.filter(({ lastModified }) => lastModified.getTime() <= youngest);
  const unknown = await listUnknownObjects(pool, bucket, settled);
  let found = 0;
  const oldestFirst = unknown.toSorted((a, b) => a.lastModified.getTime() - b.lastModified.getTime());
  for (const { key, versionId, etag, sizeBytes, lastModified: at } of oldestFirst) {
    for (const arrival of await recordObject({ pool, s3 }, { bucket, key, versionId, etag, sizeBytes, at })) {
      if (!arrival.isNew) continue;
      found += 1;
      logger.warn({ arrivalId: arrival.id, state: arrival.state }, 'found an object that no event announced');
      await onRecorded(arrival);
    }
  }
  return found;
}

import { fileNameOfKey, type SentChecksums, tableDefinition, type TableDefinition } from '@hikyaku/types';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { organizationSchema } from '../organization-schema.ts';
import { inOrganization } from './in-organization.ts';
import { settleRun } from './settle-run.ts';
import { sourcePositionOf } from './source-position-of.ts';

/** One worker's right to one arrival, until it runs out. Everything a run needs to know. */
export interface Claim {
  runId: string;
  arrivalId: string;
  organizationId: string;
  /** Fences: what is written under an older epoch than the arrival's is not written. */
  epoch: string;
  attempt: number;
  stagingTable: string;
  /** The file's place among those of its dataset: compared first, then `arrivalId`. */
  sourcePosition: bigint;
  object: { bucket: string; key: string; versionId: string; etag: string; sizeBytes: number };
  /** As a person gave it, or the last segment of the key. */
  fileName: string;
  /** Undefined where the sender gave none. */
  checksums: SentChecksums | undefined;
  dataset: { id: string; slug: string; definition: TableDefinition };
  target: { schema: string; role: string; table: string };
  /** IANA name: zoneless timestamps are read in it. */
  timeZone: string;
}

const claimed = z.object({ organization_id: z.uuid(), claim_epoch: z.string() });

const details = z.object({
  attempt: z.int(),
  staging_table: z.string(),
  object_at: z.date(),
  bucket: z.string(),
  key: z.string(),
  version_id: z.string(),
  etag: z.string(),
  size_bytes: z.string().transform(Number),
  file_name: z.string().nullable(),
  part_size_bytes: z.string().transform(Number).nullable(),
  whole_sha256: z.string().nullable(),
  part_sha256: z.array(z.string()),
  dataset_id: z.uuid(),
  slug: z.string(),
  definition: tableDefinition,
  target_table: z.string(),
  time_zone: z.string(),
});

/**
 * Takes the arrival for `claimSeconds`, or undefined where it can't be had: another holds it, it waits for its time or for
 * an older version of its key, or it is settled; perhaps just now, as `duplicate`, `same_content`, or refused for a name
 * without the date that its dataset goes by.
 */
export async function claimArrival(
  pool: Pool,
  wanted: { arrivalId: string; runId: string; worker: string; claimSeconds: number; mostAttempts: number },
): Promise<Claim | undefined> {
  const { rows } = await pool.query('SELECT organization_id, claim_epoch FROM claim_arrival($1, $2, $3, $4, $5)', [
    wanted.arrivalId,
    wanted.runId,
    wanted.worker,
    wanted.claimSeconds,
    wanted.mostAttempts,
  ]);
  if (rows.length === 0) return undefined;
  const { organization_id: organizationId, claim_epoch: epoch } = claimed.parse(rows[0]);
  const { runId, arrivalId } = wanted;
  return inOrganization(pool, organizationId, async (client) => {
    const row = await readDetails(client, runId);
    const fileName = row.file_name ?? fileNameOfKey(row.key);
    const sourcePosition = sourcePositionOf({
      order: row.definition.order,
      objectAt: row.object_at,
      key: row.key,
      uploadedAs: row.file_name,
    });
    if (sourcePosition === undefined) {
      await settleRun(
        client,
        { runId, arrivalId },
        { kind: 'refused', cause: { code: 'no-date-in-name', details: {} } },
      );
      return undefined;
    }
    await client.query(
      'UPDATE arrival SET source_position = $2 WHERE id = $1 AND source_position IS DISTINCT FROM $2',
      [arrivalId, sourcePosition.toString()],
    );
    const schema = organizationSchema(organizationId);
    return {
      runId,
      arrivalId,
      organizationId,
      epoch,
      attempt: row.attempt,
      stagingTable: row.staging_table,
      sourcePosition,
      object: {
        bucket: row.bucket,
        key: row.key,
        versionId: row.version_id,
        etag: row.etag,
        sizeBytes: row.size_bytes,
      },
      fileName,
      checksums: checksumsOf(row),
      dataset: { id: row.dataset_id, slug: row.slug, definition: row.definition },
      target: { schema, role: schema, table: row.target_table },
      timeZone: row.time_zone,
    };
  });
}

async function readDetails(client: PoolClient, runId: string): Promise<z.infer<typeof details>> {
  const { rows } = await client.query(
    `SELECT r.attempt, r.staging_table, a.object_at, a.bucket, a.key, a.version_id, a.etag, a.size_bytes, u.file_name,
            u.part_size_bytes, u.sha256 AS whole_sha256,
            ARRAY(SELECT p.sha256 FROM upload_part p WHERE p.upload_id = u.id ORDER BY p.part_number) AS part_sha256,
            d.id AS dataset_id, d.slug, d.definition, d.target_table, o.time_zone
       FROM ingest_run r
       JOIN arrival a ON a.id = r.arrival_id
       LEFT JOIN upload u ON u.id = a.upload_id
       JOIN dataset d ON d.id = a.dataset_id
       JOIN organization_profile o ON o.id = a.organization_id
      WHERE r.id = $1`,
    [runId],
  );
  return details.parse(rows[0]);
}

function checksumsOf(row: z.infer<typeof details>): SentChecksums | undefined {
  const whole = row.whole_sha256;
  if (row.part_size_bytes !== null) return { partSizeBytes: row.part_size_bytes, sha256: row.part_sha256, whole };
  return whole ? { partSizeBytes: row.size_bytes, sha256: [whole], whole } : undefined;
}

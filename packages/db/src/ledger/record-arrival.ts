import { type ArrivalState, arrivalState, parseObjectKey } from '@hikyaku/types';
import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';

/** One version of one object, as S3 announced it or a listing found it. */
export interface ArrivedObject {
  bucket: string;
  key: string;
  /** `'null'` where the bucket keeps no versions; never empty. */
  versionId: string;
  /** Without quotes; never empty. */
  etag: string;
  sizeBytes: number;
  sequencer?: string;
  /** When S3 says that it came to be there. An upload's place in the order is the moment it was begun, whatever this is. */
  at: Date;
  /** The version before it, where S3 was asked and the ledger knows that one: this one is the newer, whatever `at` says. */
  previousVersionId?: string;
}

export interface RecordedArrival {
  id: string;
  organizationId: string | null;
  state: ArrivalState;
  /** False where the ledger knew the object already: a duplicate or late announcement. */
  isNew: boolean;
}

const row = z.object({
  arrival_id: z.uuid(),
  arrival_organization_id: z.uuid().nullable(),
  arrival_state: arrivalState,
  is_new: z.boolean(),
});

/** Records that an object is there, routed by its key. The same object again changes nothing. */
export async function recordArrival(database: Pool | ClientBase, object: ArrivedObject): Promise<RecordedArrival> {
  const routing = parseObjectKey(object.key);
  const { rows } = await database.query('SELECT * FROM record_arrival($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    object.bucket,
    object.key,
    object.versionId,
    object.etag,
    object.sizeBytes,
    object.sequencer ?? null,
    object.at,
    object.previousVersionId ?? null,
    routing.organizationId ?? null,
    routing.datasetSlug ?? null,
    routing.uploadId ?? null,
  ]);
  const recorded = row.parse(rows[0]);
  return {
    id: recorded.arrival_id,
    organizationId: recorded.arrival_organization_id,
    state: recorded.arrival_state,
    isNew: recorded.is_new,
  };
}

import type { ErrorDetails, FileErrorCode, RowCounts } from '@hikyaku/types';
import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/** How a run ended, and what becomes of its arrival. */
export type RunOutcome =
  | { kind: 'taken_in'; counts: RowCounts; checksumSha256: string }
  /** The file itself is at fault: nothing of it is taken in. */
  | { kind: 'refused'; cause: Cause; counts?: RowCounts; checksumSha256?: string }
  /** Another file of the dataset had the same content: nothing to write. */
  | { kind: 'same_content'; checksumSha256?: string }
  /** Newer files wrote all that this older one could have written. */
  | { kind: 'stale'; counts: RowCounts; checksumSha256: string }
  /** Its bytes can't be had any more, for another object stands in its place: that one is an arrival of its own. */
  | { kind: 'superseded'; cause: Cause }
  /** Something else was at fault: tried again after `delaySeconds`. */
  | { kind: 'retry'; cause: Cause; delaySeconds: number }
  /** Given back by a worker that stops: tried again at once, and the attempt doesn't count. */
  | { kind: 'released'; cause: Cause }
  /** Tried often enough: waits for a person. */
  | { kind: 'failed'; cause: Cause };

export interface Cause {
  code: FileErrorCode;
  details: ErrorDetails;
}

const arrivalStates = {
  taken_in: 'taken_in',
  refused: 'refused',
  same_content: 'same_content',
  stale: 'stale',
  superseded: 'superseded',
  retry: 'queued',
  released: 'queued',
  failed: 'failed',
} as const satisfies Record<RunOutcome['kind'], string>;

const runStates = {
  taken_in: 'committed',
  refused: 'rejected',
  same_content: 'skipped',
  stale: 'skipped',
  superseded: 'skipped',
  retry: 'failed',
  released: 'released',
  failed: 'failed',
} as const satisfies Record<RunOutcome['kind'], string>;

/** Writes the end of a run and of its arrival, inside the transaction that `fenceRun` began. */
export async function settleRun(
  client: PoolClient,
  claim: Pick<Claim, 'runId' | 'arrivalId'>,
  outcome: RunOutcome,
): Promise<void> {
  const cause = 'cause' in outcome ? outcome.cause : undefined;
  const counts = 'counts' in outcome ? outcome.counts : undefined;
  const checksum = 'checksumSha256' in outcome ? outcome.checksumSha256 : undefined;
  await client.query(
    `UPDATE ingest_run SET state = $2, finished_at = now(), cause_code = $3, cause_details = $4,
            rows_so_far = coalesce($5, rows_so_far), counts = $6 WHERE id = $1`,
    [
      claim.runId,
      runStates[outcome.kind],
      cause?.code ?? null,
      cause?.details ?? null,
      counts?.read ?? null,
      outcome.kind !== 'released',
    ],
  );
  await client.query(
    `UPDATE arrival SET state = $2, state_changed_at = now(), cause_code = $3, cause_details = $4,
            rows_read = $5, rows_inserted = $6, rows_updated = $7, rows_unchanged = $8, rows_repeated = $9, rows_rejected = $10,
            checksum_sha256 = $11, not_before = now() + make_interval(secs => $12), attempts = attempts - $13, rows_deleted = $14,
            object_deleted_at = CASE WHEN $3 = 'object-deleted' THEN coalesce(object_deleted_at, now()) ELSE object_deleted_at END
      WHERE id = $1`,
    [
      claim.arrivalId,
      arrivalStates[outcome.kind],
      cause?.code ?? null,
      cause?.details ?? null,
      counts?.read ?? null,
      counts?.inserted ?? null,
      counts?.updated ?? null,
      counts?.unchanged ?? null,
      counts?.repeated ?? null,
      counts?.rejected ?? null,
      checksum ?? null,
      outcome.kind === 'retry' ? outcome.delaySeconds : null,
      outcome.kind === 'released' ? 1 : 0,
      counts?.deleted ?? null,
    ],
  );
}

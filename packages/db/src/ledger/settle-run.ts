import type { ErrorDetails, FileErrorCode, RowCounts } from '@hikyaku/types';
import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/** How a run ended, and what becomes of its arrival. */
export type RunOutcome =
  | { kind: 'taken_in'; counts: RowCounts; checksumSha256: string }
  /** The file itself is at fault: nothing of it is taken in. */
  | { kind: 'refused'; cause: Cause; counts?: RowCounts; checksumSha256?: string }
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
  retry: 'queued',
  released: 'queued',
  failed: 'failed',
} as const satisfies Record<RunOutcome['kind'], string>;

const runStates = {
  taken_in: 'committed',
  refused: 'rejected',
  retry: 'failed',
  released: 'released',
  failed: 'failed',
} as const satisfies Record<RunOutcome['kind'], string>;

/** Writes the end of a run and of its arrival, inside the transaction that `fenceRun` began. */
export async function settleRun(client: PoolClient, claim: Claim, outcome: RunOutcome): Promise<void> {
  const cause = 'cause' in outcome ? outcome.cause : undefined;
  const counts = 'counts' in outcome ? outcome.counts : undefined;
  const checksum = 'checksumSha256' in outcome ? outcome.checksumSha256 : undefined;
  await client.query(
    `UPDATE ingest_run SET state = $2, finished_at = now(), cause_code = $3, cause_details = $4,
            rows_so_far = coalesce($5, rows_so_far) WHERE id = $1`,
    [claim.runId, runStates[outcome.kind], cause?.code ?? null, cause?.details ?? null, counts?.read ?? null],
  );
  await client.query(
    `UPDATE arrival SET state = $2, state_changed_at = now(), cause_code = $3, cause_details = $4,
            rows_read = $5, rows_inserted = $6, rows_updated = $7, rows_unchanged = $8, rows_repeated = $9, rows_rejected = $10,
            checksum_sha256 = $11, not_before = now() + make_interval(secs => $12), attempts = attempts - $13, rows_deleted = $14
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

import { HikyakuError, type IngestRunState } from '@hikyaku/types';
import type { Pool } from 'pg';
import type { Claim } from './claim-arrival.ts';
import { inOrganization } from './in-organization.ts';

/**
 * Renews the claim, says how far the run is and, where given, which stage it entered.
 *
 * @throws HikyakuError `claim-lost` when another worker has taken over: stop at once, write nothing more.
 */
export async function advanceRun(
  pool: Pool,
  claim: Claim,
  step: { claimSeconds: number; state?: IngestRunState; rowsSoFar?: number; bytesSoFar?: number },
): Promise<void> {
  const { rowCount } = await inOrganization(pool, claim.organizationId, (client) =>
    client.query(
      `UPDATE ingest_run SET claim_expires_at = now() + make_interval(secs => $3),
              state = coalesce($4, state), rows_so_far = coalesce($5, rows_so_far), bytes_so_far = coalesce($6, bytes_so_far)
        WHERE id = $1 AND claim_epoch = $2 AND finished_at IS NULL`,
      [
        claim.runId,
        claim.epoch,
        step.claimSeconds,
        step.state ?? null,
        step.rowsSoFar ?? null,
        step.bytesSoFar ?? null,
      ],
    ),
  );
  if (rowCount === 0) throw new HikyakuError('claim-lost');
}

import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/**
 * True where an older file of the dataset may still be merged after this one. Then even rows that this file leaves
 * unchanged must remember it, or the older file would overwrite what this one confirmed.
 */
export async function mayBeOvertaken(client: PoolClient, claim: Claim): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM arrival WHERE dataset_id = $1 AND position < $2
        AND state IN ('recorded', 'waiting', 'queued', 'running', 'quarantined', 'failed') LIMIT 1`,
    [claim.dataset.id, claim.position.toString()],
  );
  return rowCount !== 0;
}

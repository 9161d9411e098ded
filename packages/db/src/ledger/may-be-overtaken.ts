import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/**
 * True where an older file of the dataset may still be merged after this one. Then even rows that this file leaves
 * unchanged must remember it, or the older file would overwrite what this one confirmed.
 *
 * In the order of recording all older files are known. A file with an older date in its name may come any day.
 */
export async function mayBeOvertaken(client: PoolClient, claim: Claim): Promise<boolean> {
  if (claim.dataset.definition.order.by === 'name-date') return true;
  const { rowCount } = await client.query(
    `SELECT FROM arrival WHERE dataset_id = $1 AND (source_position, id) < ($2, $3)
        AND state IN ('recorded', 'waiting', 'queued', 'running', 'quarantined', 'failed') LIMIT 1`,
    [claim.dataset.id, claim.sourcePosition.toString(), claim.arrivalId],
  );
  return rowCount !== 0;
}

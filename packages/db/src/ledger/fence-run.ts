import { HikyakuError } from '@hikyaku/types';
import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/**
 * First statement of the transaction that settles an arrival: holds it until the commit, so that nobody can take over
 * in between, and ends where somebody already has.
 *
 * @throws HikyakuError `claim-lost`
 */
export async function fenceRun(client: PoolClient, claim: Claim): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM arrival WHERE id = $1 AND claim_epoch = $2 AND state = 'running' FOR UPDATE`,
    [claim.arrivalId, claim.epoch],
  );
  if (rowCount === 0) throw new HikyakuError('claim-lost');
}

import { type ArrivalState, arrivalState } from '@hikyaku/types';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Claim } from './claim-arrival.ts';
import { inOrganization } from './in-organization.ts';

/** What the ledger says of a claimed arrival. After a connection dropped at COMMIT this is the only truth there is. */
export async function readOutcome(pool: Pool, claim: Claim): Promise<ArrivalState> {
  const { rows } = await inOrganization(pool, claim.organizationId, (client) =>
    client.query('SELECT state FROM arrival WHERE id = $1', [claim.arrivalId]),
  );
  return z.object({ state: arrivalState }).parse(rows[0]).state;
}

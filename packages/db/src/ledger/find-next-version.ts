import type { Pool } from 'pg';
import { z } from 'zod';
import type { Claim } from './claim-arrival.ts';
import { inOrganization } from './in-organization.ts';

const found = z.array(z.object({ id: z.uuid(), claim_epoch: z.string() }));

/** The version of the claimed file's key that may have waited for it; undefined where none does. */
export async function findNextVersion(
  pool: Pool,
  claim: Claim,
): Promise<{ arrivalId: string; claimEpoch: string } | undefined> {
  const { rows } = await inOrganization(pool, claim.organizationId, (client) =>
    client.query(
      `SELECT id, claim_epoch FROM arrival WHERE bucket = $1 AND key = $2 AND id <> $3 AND state = 'queued'
        ORDER BY position LIMIT 1`,
      [claim.object.bucket, claim.object.key, claim.arrivalId],
    ),
  );
  const [next] = found.parse(rows);
  return next && { arrivalId: next.id, claimEpoch: next.claim_epoch };
}

import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Claim } from './claim-arrival.ts';

/**
 * True where an older file of the dataset may still be merged after this one. Then even rows that this file leaves
 * unchanged must remember it, or the older file would overwrite what this one confirmed.
 *
 * In the order of recording all older files are known. A file with an older date in its name may come any day.
 */
export async function mayBeOvertaken(client: PoolClient, claim: Claim): Promise<boolean> {
  if (claim.dataset.definition.order.by === 'name-date') return true;
  const { rows } = await client.query('SELECT may_be_overtaken($1, $2, $3) AS may_be', [
    claim.dataset.id,
    claim.sourcePosition.toString(),
    claim.arrivalId,
  ]);
  return z.object({ may_be: z.boolean() }).parse(rows[0]).may_be;
}

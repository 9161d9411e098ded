import { HikyakuError } from '@hikyaku/types';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Claim } from './claim-arrival.ts';

/**
 * Ends a run, inside the transaction that would commit its rows, whose file's bytes were taken in before, where the dataset
 * skips such. Of two files with the same content that are merged at the same moment one waits here for the other's commit.
 *
 * @throws HikyakuError `same-content`, not for a dataset that takes them in
 */
export async function refuseSameContent(client: PoolClient, claim: Claim, checksumSha256: string): Promise<void> {
  if (claim.dataset.definition.sameContent !== 'skip') return;
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `same-content ${claim.dataset.id} ${checksumSha256}`,
  ]);
  const { rows } = await client.query('SELECT has_content($1, $2, $3) AS is_known', [
    claim.dataset.id,
    checksumSha256,
    claim.arrivalId,
  ]);
  if (z.object({ is_known: z.boolean() }).parse(rows[0]).is_known) {
    throw new HikyakuError('same-content', { details: { checksumSha256 } });
  }
}

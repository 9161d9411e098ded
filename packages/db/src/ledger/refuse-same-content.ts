import { HikyakuError } from '@hikyaku/types';
import type { PoolClient } from 'pg';
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
  const { rowCount } = await client.query(
    `SELECT FROM arrival WHERE dataset_id = $1 AND checksum_sha256 = $2 AND state = 'taken_in' AND id <> $3 LIMIT 1`,
    [claim.dataset.id, checksumSha256, claim.arrivalId],
  );
  if (rowCount !== 0) throw new HikyakuError('same-content');
}

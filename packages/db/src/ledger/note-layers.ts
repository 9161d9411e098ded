import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/** Writes down what lay around the file's content, inside the transaction that `fenceRun` began. */
export async function noteLayers(
  client: PoolClient,
  claim: Claim,
  layers: { encryption: string | null; compression: string | null },
): Promise<void> {
  await client.query('UPDATE arrival SET encryption = $2, compression = $3 WHERE id = $1', [
    claim.arrivalId,
    layers.encryption,
    layers.compression,
  ]);
}

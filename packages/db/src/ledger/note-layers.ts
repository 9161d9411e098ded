import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

export interface FileLayers {
  encryption: string | null;
  compression: string | null;
  encoding: string | null;
  format: string;
}

/** Writes down what a file was found to be, from the outside in, inside the transaction that `fenceRun` began. */
export async function noteLayers(client: PoolClient, claim: Claim, layers: FileLayers): Promise<void> {
  const { encryption, compression, encoding, format } = layers;
  await client.query('UPDATE arrival SET encryption = $2, compression = $3, encoding = $4, format = $5 WHERE id = $1', [
    claim.arrivalId,
    encryption,
    compression,
    encoding,
    format,
  ]);
}

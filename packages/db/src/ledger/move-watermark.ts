import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';

/**
 * Says, in the transaction that commits the file's rows, how far its dataset has come: the highest source position of all
 * files taken in. An older file leaves it where it is.
 */
export async function moveWatermark(client: PoolClient, claim: Claim): Promise<void> {
  await client.query(
    `UPDATE dataset SET watermark_position = $2, watermark_arrival_id = $3, watermark_at = now()
      WHERE id = $1 AND (watermark_position IS NULL OR (watermark_position, watermark_arrival_id) < ($2, $3))`,
    [claim.dataset.id, claim.sourcePosition.toString(), claim.arrivalId],
  );
}

import { HikyakuError } from '@hikyaku/types';
import type { PoolClient } from 'pg';
import type { Claim } from './claim-arrival.ts';
import { mayBeOvertaken } from './may-be-overtaken.ts';

/**
 * Says, in the transaction that commits the file's rows, how far its dataset has come: the highest source position of all
 * files taken in. An older file leaves it where it is.
 *
 * The dataset's row is also where a merge and the redrive of an older refused file meet (`redrive_arrival`): whoever comes
 * second sees the other. `touchedUnchanged` says that the merge counted on older files; where it did not and one has
 * got in line since, the transaction must not be committed.
 *
 * @throws HikyakuError `overtaken` (retriable)
 */
export async function moveWatermark(
  client: PoolClient,
  claim: Claim,
  { touchedUnchanged }: { touchedUnchanged: boolean },
): Promise<void> {
  await client.query('SELECT FROM dataset WHERE id = $1 FOR NO KEY UPDATE', [claim.dataset.id]);
  await client.query(
    `UPDATE dataset SET watermark_position = $2, watermark_arrival_id = $3, watermark_at = now()
      WHERE id = $1 AND (watermark_position IS NULL OR (watermark_position, watermark_arrival_id) < ($2, $3))`,
    [claim.dataset.id, claim.sourcePosition.toString(), claim.arrivalId],
  );
  if (!touchedUnchanged && (await mayBeOvertaken(client, claim))) {
    throw new HikyakuError('overtaken', { retriable: true });
  }
}

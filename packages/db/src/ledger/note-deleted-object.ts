import type { Pool } from 'pg';
import { z } from 'zod';

/** Writes down that a version is gone for good. False where the ledger never knew it, or knew that already. */
export async function noteDeletedObject(
  pool: Pool,
  object: { bucket: string; key: string; versionId: string; at: Date },
): Promise<boolean> {
  const { rows } = await pool.query('SELECT note_deleted_object($1, $2, $3, $4) AS noted', [
    object.bucket,
    object.key,
    object.versionId,
    object.at,
  ]);
  return z.object({ noted: z.int() }).parse(rows[0]).noted > 0;
}

import { cutConnection } from '@hikyaku/db/ledger';
import { HikyakuError } from '@hikyaku/types';
import type { Pool, PoolClient } from 'pg';

/**
 * A connection for work that lasts as long as its file. When the run is told to end it is cut, whatever the server is at:
 * one that says nothing would hold the run for ever.
 *
 * @throws HikyakuError database-unavailable (retriable)
 */
export async function connectForRun(
  pool: Pool,
  signal: AbortSignal,
): Promise<{ client: PoolClient; release: (isBroken: boolean) => void }> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new HikyakuError('database-unavailable', { retriable: true, cause: error });
  });
  const cut = () => cutConnection(client);
  if (signal.aborted) cut();
  signal.addEventListener('abort', cut, { once: true });
  return {
    client,
    release(isBroken) {
      signal.removeEventListener('abort', cut);
      client.release(isBroken);
    },
  };
}

import { HikyakuError } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { toHikyakuError } from './database-error.ts';

/**
 * Runs `work` in a transaction of its own: committed, or rolled back and the error thrown as `HikyakuError` where it is
 * PostgreSQL's. `database-unavailable` means the connection may be broken: do not return it to a pool.
 */
export async function inTransaction<T>(client: DatabaseClient, work: () => Promise<T>): Promise<T> {
  if (isInTransaction(client)) throw new Error('the client is in a transaction already');
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await rollBack(client);
    throw toHikyakuError(error);
  }
}

export function isInTransaction(client: DatabaseClient): boolean {
  const status = client.getTransactionStatus();
  return status === 'T' || status === 'E';
}

async function rollBack(client: DatabaseClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
  } catch (error) {
    throw new HikyakuError('database-unavailable', { retriable: true, cause: toHikyakuError(error) });
  }
}

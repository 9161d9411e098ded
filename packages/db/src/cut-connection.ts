import type { PoolClient } from 'pg';

/**
 * Ends a connection now, whether its server answers or not: what waits on it fails, and what it had begun is rolled back.
 * It still has to be released.
 */
export function cutConnection(client: PoolClient): void {
  // `end` says goodbye and waits for the answer, unless a statement runs: then it closes the socket.
  client.query('ROLLBACK').catch(() => undefined);
  client.end().catch(() => undefined);
}

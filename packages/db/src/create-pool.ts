import { Pool, type PoolClient } from 'pg';
import { cutConnection } from './cut-connection.ts';

const longestConnectSeconds = 10;

/**
 * Connections that notice when their server is gone. One that ends, idle or in use, is an error of whoever uses it and told
 * to `onError`; without a listener it would end the process.
 */
export function createPool(options: {
  url: string;
  maxConnections: number;
  /**
   * Who takes a connection gives it back within this time, or it is cut and what waits on it fails. Nothing else tells of a
   * server, or of a proxy before it, that keeps its connections and says nothing. Without it: for as long as it takes.
   */
  mostSecondsHeld?: number;
  /** Server settings of each session. */
  settings?: Record<string, string>;
  onError?: (error: Error) => void;
}): Pool {
  const pool = new Pool({
    connectionString: options.url,
    max: options.maxConnections,
    keepAlive: true,
    // A machine that is gone without a word is noticed within a minute; the system's own default is two hours.
    keepAliveInitialDelayMillis: 20_000,
    // For a new connection, or for one of the pool's to be free.
    connectionTimeoutMillis: Math.min(options.mostSecondsHeld ?? longestConnectSeconds, longestConnectSeconds) * 1_000,
    options: Object.entries(options.settings ?? {})
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });
  const onError = options.onError ?? (() => undefined);
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  if (options.mostSecondsHeld !== undefined) cutWhenHeld(pool, options.mostSecondsHeld);
  return pool;
}

function cutWhenHeld(pool: Pool, seconds: number): void {
  const timers = new WeakMap<PoolClient, NodeJS.Timeout>();
  pool.on('acquire', (client) =>
    timers.set(
      client,
      setTimeout(() => cutConnection(client), seconds * 1_000),
    ),
  );
  pool.on('release', (_error, client) => clearTimeout(timers.get(client)));
}

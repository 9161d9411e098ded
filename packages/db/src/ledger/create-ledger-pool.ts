import { Pool } from 'pg';

/**
 * Connections under the application role. A connection that the server ends, idle or in the middle of a run, is an error
 * of whoever uses it and a line in the log; without a listener it would end the process.
 */
export function createLedgerPool(options: {
  url: string;
  maxConnections: number;
  /** Server settings of each session. */
  settings?: Record<string, string>;
  onError: (error: Error) => void;
}): Pool {
  const pool = new Pool({
    connectionString: options.url,
    max: options.maxConnections,
    keepAlive: true,
    // A server that is gone without a word is noticed within a minute; the system's own default is two hours.
    keepAliveInitialDelayMillis: 20_000,
    options: Object.entries(options.settings ?? {})
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => client.on('error', options.onError));
  return pool;
}

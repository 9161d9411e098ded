import { expireUploads, listDueArrivals, listOrphanStagingTables, routeArrivals } from '@hikyaku/db/ledger';
import { dropStaging } from '@hikyaku/ingest';
import type { IngestQueue } from '@hikyaku/jobs';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool } from 'pg';

const mostPerSweep = 500;
/** Every so many sweeps what is not urgent is done too. */
const houseworkEvery = 12;

export interface Sweeper {
  close(): Promise<void>;
}

/**
 * What makes the queue and a worker's life dispensable: arrivals that should be moving are enqueued again, staging
 * tables of dead runs are dropped, uploads whose object never came are settled, objects that fitted no dataset find theirs.
 */
export function startSweeper(options: {
  pool: Pool;
  queue: IngestQueue;
  logger: Logger;
  intervalMilliseconds: number;
  announce: () => void;
}): Sweeper {
  const { pool, queue, logger, announce } = options;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let count = 0;

  const sweep = async () => {
    for (const due of await listDueArrivals(pool, mostPerSweep)) await queue.enqueue(due);
    if (count++ % houseworkEvery !== 0) return;
    await dropOrphans(pool);
    const changed = (await expireUploads(pool)) + (await routeArrivals(pool, mostPerSweep));
    if (changed > 0) announce();
  };
  const sweepAndGoOn = async () => {
    try {
      await sweep();
    } catch (error) {
      logger.warn({ err: error }, 'sweep failed');
    }
    if (closed) return;
    timer = setTimeout(() => {
      running = sweepAndGoOn();
    }, options.intervalMilliseconds);
  };
  let running = sweepAndGoOn();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

async function dropOrphans(pool: Pool): Promise<void> {
  for (const { schema, table } of await listOrphanStagingTables(pool)) {
    const client = await pool.connect();
    try {
      await dropStaging({ client, target: { schema, role: schema }, stagingTable: table });
    } finally {
      client.release();
    }
  }
}

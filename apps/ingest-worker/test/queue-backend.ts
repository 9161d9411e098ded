import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import type { Pool } from 'pg';

/** What a house's workers wait on for their jobs. */
export interface QueueBackend {
  /** For the worker's environment, beside `JOBS_DATABASE_URL`. */
  environment: Record<string, string>;
  /** Takes every job, as a restart without disk would. */
  empty(): Promise<void>;
  /** Absent where the queue is in the database. */
  redis?: Pick<LocalCloud, 'stopPart' | 'startPart' | 'killPart'>;
  close(): Promise<void>;
}

let chosen: 'postgresql' | 'redis' = 'postgresql';

/** Of every house that this test file builds from now on. */
export const chosenBackend = () => chosen;

/** For every house that this test file builds from now on. */
export function useQueueOn(backend: typeof chosen): void {
  chosen = backend;
}

export async function openQueueBackend(database: Pool): Promise<QueueBackend> {
  if (chosen === 'redis') return openRedis();
  return {
    environment: {},
    empty: async () => void (await database.query('TRUNCATE bullmq.job CASCADE')),
    close: async () => undefined,
  };
}

/** A Redis of the house's own: it may be killed without harm to another. */
async function openRedis(): Promise<QueueBackend> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-queue-'));
  const cloud = await startLocalCloud({ dataFolder, parts: new Set(['redis']) });
  return {
    environment: { REDIS_URL: cloud.redis?.url ?? '' },
    // It keeps nothing over a restart.
    async empty() {
      await cloud.stopPart('redis');
      await cloud.startPart('redis');
    },
    redis: cloud,
    async close() {
      await cloud.stop({ discard: true });
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

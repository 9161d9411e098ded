import { setTimeout as delay } from 'node:timers/promises';
import {
  createPostgresBackend,
  createRedisBackend,
  type Processor,
  type RedisOptions,
  withBackend,
  type WorkerOptions,
} from 'bullmq';
import type { IngestPayload } from './ingest-job.ts';

/**
 * Where jobs wait, by the URL's scheme: `redis:` and `rediss:` are Redis (or Valkey), `postgres:` and `postgresql:` a
 * PostgreSQL, where the queue keeps to a schema of its own.
 */
export interface QueueConnection {
  url: string;
}

type Process = Processor<IngestPayload, void>;
type Processing = Pick<WorkerOptions, 'concurrency' | 'autorun' | 'maxStalledCount' | 'runRetryDelay'>;

/**
 * A worker asks its backend again at once when that failed in another way than by a refused connection: where connections
 * are reset it would do nothing else.
 */
const createPatientPostgresBackend: typeof createPostgresBackend = (...options) => {
  const backend = createPostgresBackend(...options);
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = (...job) =>
    moveToActive(...job).catch(async (error: unknown) => {
      await delay(1_000);
      throw error;
    });
  return backend;
};

const onPostgres = withBackend(createPatientPostgresBackend);
const onRedis = withBackend(createRedisBackend);

/** In braces, so that a Redis cluster keeps all keys of the queue on one node. */
const prefix = '{hikyaku}';

/** The one place that knows both backends; nothing else differs between them. */
export function queueOn({ url }: QueueConnection) {
  return /^rediss?:/.test(url) ? queueOnRedis(url) : queueOnPostgres(url);
}

function queueOnRedis(url: string) {
  // Back soon after a restart of Redis, without a storm of connections.
  const options: RedisOptions = { url, retryStrategy: (times) => Math.min(times * 200, 2_000) };
  return {
    queue: (name: string) =>
      new onRedis.Queue<IngestPayload>(name, {
        prefix,
        // Whoever enqueues must not wait for a Redis that is away: the arrival is in the ledger, and is swept up.
        connection: { ...options, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
      }),
    worker: (name: string, process: Process, processing: Processing) =>
      new onRedis.Worker<IngestPayload, void>(name, process, {
        ...processing,
        prefix,
        connection: { ...options, maxRetriesPerRequest: null },
      }),
  };
}

function queueOnPostgres(url: string) {
  const connection = {
    connectionString: url,
    schema: 'bullmq',
    migrate: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: 20_000,
    connectionTimeoutMillis: 10_000,
    // A server that says nothing is noticed after it. The longest: of workers that begin together one makes the tables, and the
    // others wait.
    query_timeout: 30_000,
  };
  return {
    queue: (name: string) => new onPostgres.Queue<IngestPayload>(name, { connection }),
    worker: (name: string, process: Process, processing: Processing) =>
      new onPostgres.Worker<IngestPayload, void>(name, process, { ...processing, connection }),
  };
}

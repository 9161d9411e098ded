import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createAppDatabase, createDataset } from '@hikyaku/db';
import { inOrganization } from '@hikyaku/db/ledger';
import { createTargetTable } from '@hikyaku/ingest';
import { signatureSuffix } from '@hikyaku/types';
import { Pool } from 'pg';
import type { RunPoint } from '../src/run-points.ts';
import { until } from '../test/until.ts';
import type { WorkerProcess } from '../test/worker-process.ts';
import { type Sent, terminalStates } from './check-dataset.ts';
import { type FaultPartsOptions, openFaultParts, through } from './fault-parts.ts';
import { noteWrittenRows } from './note-written-rows.ts';
import { spawnObservedWorker } from './observed-worker.ts';
import { sampleDefinition, type SampleFile } from './sample-file.ts';
import { untilOr } from './until-or.ts';

/** Long, since others may need the machine: it is only reached when something is wrong. */
export const patienceSeconds = 120;

/** Hears of every worker at every point; the worker goes on when it resolves. */
export type OnReached = (worker: WorkerProcess, point: RunPoint, objectKey: string) => Promise<void> | undefined;

export type FaultHouse = Awaited<ReturnType<typeof openFaultHouse>>;

export type Dataset = Pick<Sent, 'datasetSlug' | 'table'>;

const nothing: OnReached = () => undefined;

/** Two workers on parts that break; each case gets a dataset of its own in it. */
export async function openFaultHouse(
  options: FaultPartsOptions & {
    /** A program to compare with, instead of our worker. */
    peer?: string;
  },
) {
  const { peer } = options;
  const parts = await openFaultParts(options);
  const { account, database, organizationId, schema, own, proxies } = parts;
  const pool = silentPool(database.superuser, 6);
  const s3 = new S3Client({
    endpoint: parts.s3Endpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const sqs = new SQSClient({
    endpoint: parts.sqsEndpoint,
    region: account.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const environment = {
    ...parts.environment,
    ...(peer ? { SCHEMA: schema, DATABASE_URL: through(database.superuser, proxies.postgres) } : {}),
  };

  const files = new Map<string, SampleFile>();
  const all: WorkerProcess[] = [];
  const alive = new Set<WorkerProcess>();
  let onReached = nothing;
  let datasets = 0;

  const halfOf = (point: RunPoint, key: string) => {
    const file = files.get(key);
    return file && Math.floor((point === 'get-half' ? file.bytes.length : file.contentBytes) / 2);
  };
  async function startWorker(): Promise<void> {
    const worker = spawnObservedWorker(peer, environment, {
      reached: (...where) => onReached(...where),
      halfOf,
    });
    all.push(worker);
    alive.add(worker);
    void worker.exited.finally(() => alive.delete(worker));
    await until(() => worker.log().includes('"msg":"started"') || undefined, 'a worker to start', patienceSeconds);
  }

  // The harness may be told to end in the middle: workers that stand still would not hear of it.
  const endAll = () => {
    for (const worker of alive) worker.signal('SIGKILL');
  };
  process.once('exit', endAll);

  return {
    ...parts,
    peer,
    jobs: options.jobs,
    pool,
    sqs,
    workers: () => [...alive],
    /** Brings them back to so many. */
    async keepWorkers(count = 2) {
      await Promise.all(Array.from({ length: count - alive.size }, startWorker));
    },
    async stopWorkers() {
      const ending = [...alive];
      for (const worker of ending) worker.signal('SIGKILL');
      await Promise.all(ending.map((worker) => worker.exited));
    },
    onReached(next: OnReached) {
      onReached = next;
    },
    heal() {
      for (const proxy of Object.values(proxies)) proxy.heal();
      onReached = nothing;
    },

    async newDataset(definition = sampleDefinition): Promise<Dataset> {
      const slug = `case-${(datasets += 1)}`;
      const target = { schema, role: schema, table: slug.replace('-', '_') };
      if (peer) {
        await createPeersTable(pool, target);
      } else {
        const app = createAppDatabase({ url: database.app, maxConnections: 1 });
        const dataset = {
          organizationId,
          slug,
          name: { ja: '事例', en: 'Case' },
          definition,
          targetTable: target.table,
        };
        await app.inOrganization({ organizationId, actorId: null }, (transaction) =>
          createDataset(transaction, dataset),
        );
        await app.close();
        const appPool = silentPool(database.app, 1);
        await inOrganization(appPool, organizationId, (client) => createTargetTable(client, target, definition));
        await appPool.end();
        await noteWrittenRows(pool, target, { sourceColumn: '_arrival_id' });
      }
      return { datasetSlug: slug, table: { schema, table: target.table } };
    },
    keyOf: ({ datasetSlug }: Dataset, name: string) => `incoming/${organizationId}/${datasetSlug}/${name}`,
    /** As a foreign client puts it. */
    async send(dataset: Dataset, file: SampleFile, expected?: Sent['expected']): Promise<Sent> {
      const { bucket } = account;
      const key = this.keyOf(dataset, file.name);
      files.set(key, file);
      const store = (Key: string, Body: Buffer) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      if (file.signature) await store(key + signatureSuffix, file.signature);
      const began = Date.now();
      const { VersionId } = await store(key, file.bytes);
      const put = { began, ended: Date.now() };
      return { ...dataset, bucket, key, versionId: VersionId ?? 'null', file, put, ...(expected ? { expected } : {}) };
    },
    /** Resolves when all are settled, or when it has taken too long: the checks will say. */
    async settled(sent: readonly Sent[], seconds = patienceSeconds) {
      const keys = sent.map(({ key }) => key);
      const versions = new Set(sent.map(({ key, versionId }) => `${key} ${versionId}`)).size;
      await untilOr(seconds, async () => {
        const { rows } = await pool.query<{ settled: string }>(
          `SELECT count(*) AS settled FROM arrival WHERE key = ANY ($1) AND state = ANY ($2::arrival_state[])`,
          [keys, terminalStates],
        );
        return Number(rows[0]?.settled) >= versions;
      });
    },
    async emptyJobs() {
      if (own.redis) {
        await own.stopPart('redis');
        await own.startPart('redis');
      } else {
        await pool.query('TRUNCATE bullmq.job CASCADE');
      }
    },
    /** Messages that wait for somebody, those in hand included. */
    async arrivalsWaiting(): Promise<number> {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: account.queueUrl, AttributeNames: ['All'] }),
      );
      const count = (name: 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible') =>
        Number(Attributes?.[name]);
      return count('ApproximateNumberOfMessages') + count('ApproximateNumberOfMessagesNotVisible');
    },
    /** What every worker has said, of those that are gone too. */
    logs: () => all.map((worker) => worker.log()).join('\n'),
    async close() {
      endAll();
      process.off('exit', endAll);
      await Promise.all(all.map((worker) => worker.exited));
      s3.destroy();
      sqs.destroy();
      await Promise.all([pool.end(), parts.close()]);
    },
  };
}

/** Whose server is killed now and then: the next statement will tell. */
function silentPool(connectionString: string, max: number): Pool {
  const pool = new Pool({ connectionString, max });
  pool.on('error', () => undefined);
  return pool;
}

async function createPeersTable(pool: Pool, { schema, table }: Sent['table']): Promise<void> {
  const columns = 'id bigint PRIMARY KEY, name text NOT NULL, amount numeric, day date, source_file text';
  await pool.query(`CREATE TABLE "${schema}"."${table}" (${columns})`);
  await noteWrittenRows(pool, { schema, table }, { sourceColumn: 'source_file', withSame: true });
}

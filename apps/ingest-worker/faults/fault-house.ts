import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createAppDatabase, createDataset, createOrganization, organizationSchema } from '@hikyaku/db';
import { inOrganization } from '@hikyaku/db/ledger';
import { migratedDatabase } from '@hikyaku/db/testing';
import { createTargetTable } from '@hikyaku/ingest';
import { type AttachedCloud, type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import { openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { Pool } from 'pg';
import { parseObjectCreated } from '../src/arrivals/parse-object-created.ts';
import type { RunPoint } from '../src/run-points.ts';
import { testKeys } from '../test/test-keys.ts';
import { until } from '../test/until.ts';
import { workerEnvironment, type WorkerProcess } from '../test/worker-process.ts';
import { jobsWaiting } from './comparison/jobs-waiting.ts';
import { noteWrittenRows, type Sent, terminalStates } from './check-dataset.ts';
import { spawnObservedWorker } from './observed-worker.ts';
import { plaintextMark, sampleDefinition, type SampleFile } from './sample-file.ts';

/** Long, since others may need the machine: it is only reached when something is wrong. */
export const patienceSeconds = 120;

/** Short waits, so that what happens after them happens soon. */
const shortWaits = {
  CLAIM_SECONDS: '2',
  RETRY_SECONDS: '1',
  SWEEP_SECONDS: '1',
  VISIBILITY_TIMEOUT_SECONDS: '2',
  SILENCE_SECONDS: '2',
  INGEST_CONCURRENCY: '2',
};

/** Hears of every worker at every point; the worker goes on when it resolves. */
export type OnReached = (worker: WorkerProcess, point: RunPoint, objectKey: string) => Promise<void> | undefined;

export type FaultHouse = Awaited<ReturnType<typeof openFaultHouse>>;

/**
 * An account, a database, a queue and two workers of their own, with a fault proxy before everything that a worker talks to.
 * Each case gets a dataset of its own in it.
 */
export async function openFaultHouse(options: {
  cloud: AttachedCloud;
  name: string;
  jobs: 'postgresql' | 'redis';
  /** A PostgreSQL that may be killed without harm to another house. */
  ownPostgres: boolean;
  seed: number;
  /** A program to compare with, instead of our worker. */
  peer?: string;
}) {
  const { cloud, seed } = options;
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-faults-'));
  const ownParts = [
    ...(options.jobs === 'redis' ? (['redis'] as const) : []),
    ...(options.ownPostgres ? (['postgres'] as const) : []),
  ];
  let onPartEnded: () => void = () => undefined;
  const own: LocalCloud = await startLocalCloud({
    dataFolder: join(folder, 'cloud'),
    parts: new Set(ownParts),
    // Nothing is lost when processes die, and this machine's power stays on.
    postgresSettings: { fsync: 'off' },
    onPartFailed: () => onPartEnded(),
  });
  const superuserUrl = own.postgres?.superuserUrl() ?? cloud.postgres?.superuserUrl();
  if (!superuserUrl || !cloud.s3 || !cloud.sqs) throw new Error('the faults need PostgreSQL, S3 and SQS');
  const account = await cloud.createAccount({ name: options.name, bucket: `${options.name}-files`, corsOrigins: [] });
  const database = await migratedDatabase(superuserUrl);
  const { id: organizationId } = await createOrganization(database.owner, { name: 'Faults', slug: 'faults' });
  const keys = await testKeys(database.owner);
  const publicKey = await keys.add('faults');
  const schema = organizationSchema(organizationId);

  const targetOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
  const proxies = {
    s3: await openFaultProxy({ target: targetOf(cloud.s3.endpoint), http: true, seed }),
    sqs: await openFaultProxy({ target: targetOf(cloud.sqs.endpoint), http: true, seed }),
    postgres: await openFaultProxy({ target: targetOf(superuserUrl), seed }),
    jobs: await openFaultProxy({ target: targetOf(own.redis?.url ?? superuserUrl), seed }),
  };
  const through = (url: string, proxy: { port: number }) => {
    const changed = new URL(url);
    changed.port = String(proxy.port);
    return changed.href;
  };

  const pool = new Pool({ connectionString: database.superuser, max: 6 });
  pool.on('error', () => undefined);
  const s3 = new S3Client({
    endpoint: cloud.s3.endpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const sqs = new SQSClient({
    endpoint: cloud.sqs.endpoint,
    region: account.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const app = createAppDatabase({ url: database.app, maxConnections: 1 });
  const appPool = new Pool({ connectionString: database.app, max: 1 });
  appPool.on('error', () => undefined);

  const plain = workerEnvironment(account, database);
  const temporaryFolder = await mkdtemp(join(folder, 'tmp-'));
  const s3Endpoint = `http://127.0.0.1:${proxies.s3.port}`;
  const environment = {
    ...plain,
    ...shortWaits,
    AWS_ENDPOINT_URL_S3: s3Endpoint,
    AWS_ENDPOINT_URL_STS: cloud.s3.endpoint,
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${proxies.sqs.port}`,
    SQS_QUEUE_URL: through(account.queueUrl, proxies.sqs),
    DATABASE_URL: through(options.peer ? database.superuser : database.app, proxies.postgres),
    SCHEMA: schema,
    JOBS_DATABASE_URL: through(database.jobs, proxies.jobs),
    ...(own.redis ? { REDIS_URL: through(own.redis.url, proxies.jobs) } : {}),
    KEYS_FOLDER: keys.folder,
    TMPDIR: temporaryFolder,
  };

  const halves = new Map<string, SampleFile>();
  let onReached: OnReached = () => undefined;
  const all: WorkerProcess[] = [];
  let alive: WorkerProcess[] = [];
  let datasets = 0;

  async function startWorker(extra: Record<string, string> = {}): Promise<WorkerProcess> {
    const worker = spawnObservedWorker(
      options.peer,
      { ...environment, ...extra },
      {
        reached: (who, point, key) => onReached(who, point, key),
        halfOf(point, key) {
          const file = halves.get(key);
          return file && Math.floor((point === 'get-half' ? file.bytes.length : file.contentBytes) / 2);
        },
      },
    );
    all.push(worker);
    alive.push(worker);
    void worker.exited.then(() => {
      alive = alive.filter((other) => other !== worker);
    });
    await until(() => worker.log().includes('"msg":"started"') || undefined, 'a worker to start', patienceSeconds);
    return worker;
  }

  return {
    cloud,
    account,
    database,
    pool,
    proxies,
    own,
    jobs: options.jobs,
    sqs,
    publicKey,
    startWorker,
    workers: () => [...alive],
    /** Brings them back to two. */
    async keepWorkers(count = 2) {
      while (alive.length < count) await Promise.all(Array.from({ length: count - alive.length }, () => startWorker()));
    },
    async stopWorkers() {
      const ending = alive;
      for (const worker of ending) worker.signal('SIGKILL');
      await Promise.all(ending.map((worker) => worker.exited));
    },
    /** Resolves when a part of the house's own that was killed is gone. */
    partEnded: () =>
      new Promise<void>((resolve) => {
        onPartEnded = resolve;
      }),
    onReached(next: OnReached) {
      onReached = next;
    },
    async newDataset(definition = sampleDefinition): Promise<{ slug: string; table: Sent['table'] }> {
      const slug = `case-${(datasets += 1)}`;
      const target = { schema, role: schema, table: `case_${datasets}` };
      if (options.peer) {
        await pool.query(
          `CREATE TABLE "${schema}"."${target.table}" (id bigint PRIMARY KEY, name text NOT NULL, amount numeric, day date, source_file text)`,
        );
        await noteWrittenRows(pool, target, { sourceColumn: 'source_file', withSame: true });
        return { slug, table: { schema, table: target.table } };
      }
      await app.inOrganization({ organizationId, actorId: null }, (transaction) =>
        createDataset(transaction, {
          organizationId,
          slug,
          name: { ja: '事例', en: 'Case' },
          definition,
          targetTable: target.table,
        }),
      );
      await inOrganization(appPool, organizationId, (client) => createTargetTable(client, target, definition));
      await noteWrittenRows(pool, target, { sourceColumn: '_arrival_id' });
      return { slug, table: { schema, table: target.table } };
    },
    /** As a foreign client puts it. */
    async send(
      dataset: { slug: string; table: Sent['table'] },
      file: SampleFile,
      expected?: Sent['expected'],
    ): Promise<Sent> {
      const key = `incoming/${organizationId}/${dataset.slug}/${file.name}`;
      halves.set(key, file);
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: key, Body: file.bytes }));
      const place = { bucket: account.bucket, key, versionId: VersionId ?? 'null' };
      return { ...place, datasetSlug: dataset.slug, table: dataset.table, file, ...(expected ? { expected } : {}) };
    },
    keyOf: (slug: string, name: string) => `incoming/${organizationId}/${slug}/${name}`,
    /** Resolves when all are settled, or when it has taken too long: the checks will say. */
    async settled(sent: readonly Sent[], seconds = patienceSeconds) {
      const wanted = sent.map(({ key }) => key);
      await untilOr(seconds, async () => {
        const { rows } = await pool.query<{ settled: string }>(
          `SELECT count(*) AS settled FROM arrival WHERE key = ANY ($1) AND state = ANY ($2::arrival_state[])`,
          [wanted, terminalStates],
        );
        return Number(rows[0]?.settled) >= new Set(sent.map(({ key, versionId }) => `${key} ${versionId}`)).size;
      });
    },
    /** Resolves when nothing waits and nobody writes any more, for a while; or after so many seconds. */
    async quiet(seconds = patienceSeconds) {
      let calmSince = Date.now();
      await untilOr(seconds, async () => {
        const waiting = options.peer && own.redis ? await jobsWaiting(own.redis.url) : 0;
        const { rows } = await pool.query<{ busy: string }>(
          `SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                      AND state IN ('active', 'idle in transaction'))
                + (SELECT count(*) FROM arrival WHERE NOT state = ANY ($1::arrival_state[])) AS busy`,
          [terminalStates],
        );
        if (Number(rows[0]?.busy) + waiting + (await this.arrivalsWaiting()) > 0) calmSince = Date.now();
        return Date.now() - calmSince > 3_000;
      });
    },
    countRows: async ({ schema: inSchema, table }: Sent['table'], label: string) =>
      Number(
        (
          await pool.query<{ count: string }>(`SELECT count(*) FROM "${inSchema}"."${table}" WHERE name LIKE $1`, [
            `${label} %`,
          ])
        ).rows[0]?.count,
      ),
    /** Files of which not every row was ever written, or whose arrival is not taken in. */
    async filesNotWritten(sent: readonly Sent[]): Promise<number> {
      let missing = 0;
      for (const { key, versionId, file, table } of sent) {
        const { rows } = options.peer
          ? await pool.query<{ isDone: boolean }>(
              `SELECT count(DISTINCT id) >= $3 AS "isDone" FROM fault_written WHERE table_name = $1 AND source = $2`,
              [table.table, `${key}@${versionId}`, file.rows.size],
            )
          : await pool.query<{ isDone: boolean }>(
              `SELECT count(*) = 1 AS "isDone" FROM arrival WHERE key = $1 AND version_id = $2 AND state = 'taken_in'`,
              [key, versionId],
            );
        if (!rows[0]?.isDone) missing += 1;
      }
      return missing;
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
      return (
        Number(Attributes?.['ApproximateNumberOfMessages']) +
        Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'])
      );
    },
    heal() {
      for (const proxy of Object.values(proxies)) proxy.heal();
      onReached = () => undefined;
    },
    /** What may never stay behind, whatever the cases did: to be called when all of them are over. */
    async violationsLeft(): Promise<string[]> {
      const violations: string[] = [];
      const readable = await readableDeadLetters(sqs, account.deadLetterQueueUrl);
      if (readable.length > 0) violations.push(`${readable.length} readable messages in the DLQ: ${readable[0]}`);
      const staging = async () =>
        (
          await pool.query<{ relname: string }>(
            `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = $1 AND c.relkind = 'r' AND starts_with(c.relname, '_staging')`,
            [schema],
          )
        ).rows.map(({ relname }) => relname);
      // Those of killed runs are dropped by the sweep now and then.
      await untilOr(60, async () => (await staging()).length === 0);
      for (const table of await staging()) violations.push(`staging table ${table} is left`);
      for (const name of await readdir(temporaryFolder)) violations.push(`temporary file ${name} is left`);
      for (const worker of alive) violations.push(...(await openHandles(worker.pid)));
      const leaking = all.filter((worker) => worker.log().includes(plaintextMark));
      if (leaking.length > 0) violations.push(`cells of files in the logs of ${leaking.length} workers`);
      const { rows } = await pool.query<{ count: string }>(
        `SELECT count(*) FROM ingest_run WHERE finished_at IS NULL AND claim_expires_at < now()`,
      );
      if (Number(rows[0]?.count) > 0) violations.push(`${rows[0]?.count} runs that nobody ended`);
      return violations;
    },
    /** For a case that went wrong: what its workers said. */
    logs: () => all.map((worker) => worker.log()).join('\n'),
    async close() {
      for (const worker of all) {
        worker.signal('SIGCONT');
        worker.signal('SIGKILL');
      }
      await Promise.all(all.map((worker) => worker.exited));
      for (const proxy of Object.values(proxies)) await proxy.close();
      await app.close();
      await appPool.end();
      s3.destroy();
      sqs.destroy();
      await database.drop();
      await pool.end();
      await keys.remove();
      await account.delete();
      await own.stop({ discard: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Polls until it is so; gives up in silence. */
async function untilOr(seconds: number, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    if (await look().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function readableDeadLetters(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const readable: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, VisibilityTimeout: 600 }),
    );
    if (Messages.length === 0) return readable;
    for (const { Body } of Messages) {
      const event = parseObjectCreated(Body);
      if (event) readable.push(event.key);
    }
  }
}

/** A worker at rest has its program open, sockets and pipes, and no file. */
async function openHandles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')));
  const files = targets.filter((target) => target.startsWith('/') && !/^\/(dev|proc)\//.test(target));
  const sockets = targets.filter((target) => target.startsWith('socket:')).length;
  return [
    ...files.map((file) => `a worker at rest has ${file} open`),
    ...(sockets > mostSockets ? [`a worker at rest has ${sockets} sockets open`] : []),
  ];
}

/** Pools of the ledger and of the jobs, long polls, and S3's kept-alive connections. */
const mostSockets = 60;

import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { migratedDatabase } from '@hikyaku/db/testing';
import { startLocalCloud } from '@hikyaku/local-cloud';
import { Pool, type QueryResultRow } from 'pg';
import { furnishOrganization } from '../test/furnish-organization.ts';
import { testKeys } from '../test/test-keys.ts';
import { until } from '../test/until.ts';
import { spawnWorker } from '../test/worker-process.ts';
import { ordersDefinition } from './rows-file.ts';

export type BenchHouse = Awaited<ReturnType<typeof openBenchHouse>>;

/** Everything on this machine as `npm start` has it, durable writes too, with one worker and a folder for files. */
export async function openBenchHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-bench-'));
  const cloud = await startLocalCloud({ dataFolder: join(folder, 'cloud') });
  if (!cloud.postgres || !cloud.s3) throw new Error('the bench needs PostgreSQL and S3');
  const account = await cloud.createAccount({ name: 'bench', bucket: 'bench-files', corsOrigins: [] });
  const database = await migratedDatabase(cloud.postgres.superuserUrl());
  const { organizationId, target } = await furnishOrganization(database, {
    slug: 'orders',
    definition: ordersDefinition,
  });
  const keys = await testKeys(database.owner);
  const publicKey = await keys.add(organizationId);
  const startWorker = async () => {
    const started = spawnWorker(account, database, { KEYS_FOLDER: keys.folder });
    await until(() => started.log().includes('"msg":"started"') || undefined, 'the worker to start');
    return started;
  };
  let worker = await startWorker();
  const stopWorker = async () => {
    worker.signal('SIGTERM');
    await worker.exited;
  };
  const pool = new Pool({ connectionString: database.superuser, max: 4 });
  const s3 = new S3Client({
    endpoint: cloud.s3.endpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const { bucket } = account;
  const sqs = new SQSClient({
    endpoint: cloud.sqs?.endpoint ?? '',
    region: account.region,
    credentials: { ...account.owner },
  });
  return {
    folder,
    databaseUrl: database.superuser,
    /** What files are encrypted for; `identityFile` holds the private part. */
    publicKey,
    identityFile: join(keys.folder, '1.key'),
    table: `"${target.schema}"."${target.table}"`,
    query: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
    /** Puts a file under the dataset; resolves when S3 has it, which is when its event begins to travel. */
    async put(name: string, path: string): Promise<string> {
      const key = `incoming/${organizationId}/orders/${name}`;
      const { size } = await stat(path);
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size }),
      );
      return key;
    },
    /** Announces the newest arrival once more, so many times; resolves when the queue holds none of it. A multiple of 10. */
    async repeatEvents(count: number): Promise<void> {
      const { rows } = await pool.query<{ key: string; version_id: string; etag: string; size_bytes: string }>(
        'SELECT key, version_id, etag, size_bytes FROM arrival ORDER BY position DESC LIMIT 1',
      );
      const [last] = rows;
      if (!last) throw new Error('nothing has arrived');
      const { key, version_id: versionId, etag, size_bytes: size } = last;
      const object = { key, size: Number(size), etag, 'version-id': versionId };
      const body = { source: 'aws.s3', 'detail-type': 'Object Created', detail: { bucket: { name: bucket }, object } };
      const batch = Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageBody: JSON.stringify(body) }));
      for (let sent = 0; sent < count; sent += batch.length) {
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: account.queueUrl, Entries: batch }));
      }
      await until(async () => ((await messagesIn(sqs, account.queueUrl)) === 0 ? true : undefined), 'an empty queue');
    },
    /** The most memory the worker has had, in bytes. */
    workerPeakBytes: () => peakBytesOf(worker.pid),
    /** Ends the worker and begins another, with a peak of its own. */
    async restartWorker(): Promise<void> {
      await stopWorker();
      worker = await startWorker();
    },
    presignedUrl: (key: string) => getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key })),
    async close() {
      await stopWorker();
      await pool.end();
      s3.destroy();
      sqs.destroy();
      await keys.remove();
      await cloud.stop({ discard: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Those in somebody's hands too. */
async function messagesIn(sqs: SQSClient, queueUrl: string): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
}

async function peakBytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024;
}

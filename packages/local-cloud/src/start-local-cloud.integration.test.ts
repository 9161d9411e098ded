import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { listListeners } from '../test/process-sockets.ts';
import { waitFor } from '../test/wait-for.ts';
import type { CloudAccount } from './account/cloud-account.ts';
import { isAlive } from './process/stop-process.ts';
import { readCloudState } from './state-file.ts';
import { type LocalCloud, startLocalCloud } from './start-local-cloud.ts';

// One data folder goes through these tests in order, as a developer's does through the days: starts are what costs time.
let dataFolder: string;
let cloud: LocalCloud | undefined;
const failures: string[] = [];

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-local-cloud-'));
});

afterAll(async () => {
  await cloud?.stop({ discard: true });
  await rm(dataFolder, { recursive: true, force: true });
});

async function start(): Promise<LocalCloud> {
  cloud = await startLocalCloud({
    dataFolder,
    postgresSettings: { fsync: 'off' },
    onPartFailed: (part) => failures.push(part),
  });
  return cloud;
}

/** The one the test before left running, or a new one when that test is run alone. */
const theCloud = async () => cloud ?? (await start());

const createKept = (running: LocalCloud) =>
  running.createAccount({ name: 'kept', bucket: 'kept-files', corsOrigins: ['http://localhost:3000'] });

const processIds = (running: LocalCloud) => running.reports().flatMap((report) => report.processIds);

async function withOwner<Result>(
  account: CloudAccount,
  use: (s3: S3Client, sqs: SQSClient) => Promise<Result>,
): Promise<Result> {
  const { region } = account;
  const variables = account.environment('api');
  const credentials = { ...account.owner };
  const endpoint = variables['AWS_ENDPOINT_URL_S3'] ?? '';
  const s3 = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const sqs = new SQSClient({ endpoint: variables['AWS_ENDPOINT_URL_SQS'] ?? '', region, credentials });
  try {
    return await use(s3, sqs);
  } finally {
    s3.destroy();
    sqs.destroy();
  }
}

async function receiveKeys(account: CloudAccount): Promise<string[]> {
  const { Messages = [] } = await withOwner(account, (_s3, sqs) =>
    sqs.send(new ReceiveMessageCommand({ QueueUrl: account.queueUrl, WaitTimeSeconds: 2, MaxNumberOfMessages: 10 })),
  );
  return Messages.map(({ Body = '' }) => arrived.parse(JSON.parse(Body)).detail.object.key);
}

const arrived = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function expectKept(running: LocalCloud): Promise<void> {
  const kept = await createKept(running);
  const object = await withOwner(kept, (s3) =>
    s3.send(new GetObjectCommand({ Bucket: kept.bucket, Key: 'exports/a' })),
  );
  expect(object.ContentLength).toBe(4);
  const url = running.postgres?.superuserUrl('app') ?? '';
  expect(await query(url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
}

test('a first start listens on loopback only, and keeps its secrets to itself', async () => {
  const running = await start();
  const kept = await createKept(running);
  await withOwner(kept, async (s3) => {
    await s3.send(new PutObjectCommand({ Bucket: kept.bucket, Key: 'exports/a', Body: 'kept' }));
    await s3.send(new PutObjectCommand({ Bucket: kept.bucket, Key: 'incoming/a', Body: 'kept' }));
  });
  const url = await running.createDatabase('app');
  await query(url, 'CREATE TABLE kept AS SELECT 1 AS id');

  expect(processIds(running)).toHaveLength(4);
  const listeners = await listListeners([process.pid, ...processIds(running)]);
  expect(listeners.length).toBeGreaterThanOrEqual(6);
  expect(listeners.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);

  for (const secret of [
    'rados-gateway/ceph.conf',
    'rados-gateway/ready.json',
    'rados-gateway/sts-key',
    'postgres/superuser-password',
    'event-bridge/token',
  ]) {
    expect((await stat(join(dataFolder, secret))).mode & 0o777).toBe(0o600);
  }
});

test('a second cloud on the same folder is refused while the first one runs', async () => {
  await expect(startLocalCloud({ dataFolder })).rejects.toMatchObject({ code: 'already-running' });
});

test('a stop leaves no process', async () => {
  const running = await theCloud();
  const pids = processIds(running);
  await running.stop();
  await running.stop();
  cloud = undefined;
  expect(pids.filter(isAlive)).toEqual([]);
  expect((await readCloudState(dataFolder))?.parts.map(({ state }) => state)).toEqual(Array(5).fill('stopped'));
});

test('a supervisor that is killed loses nothing: the next start ends its orphans and finds objects, rows and messages', async () => {
  const script = new URL('../test/run-supervisor.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const orphans: number[] = JSON.parse(String(line));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(orphans.filter(isAlive)).toEqual(orphans);

  const running = await start();
  expect(orphans.filter(isAlive)).toEqual([]);
  await expectKept(running);
  const kept = await createKept(running);
  await waitFor(async () => (await receiveKeys(kept)).includes('incoming/a'));
});

test('a part that dies is reported, and starts again on its data', async () => {
  const running = await theCloud();
  running.killPart('postgres', 'SIGKILL');
  await waitFor(() => failures.includes('postgres'));
  await waitFor(async () =>
    ((await readCloudState(dataFolder))?.parts ?? []).some(
      ({ name, state }) => name === 'postgres' && state === 'failed',
    ),
  );
  await running.startPart('postgres');
  await expectKept(running);
});

test('an event that the queue refused is pushed again until the queue takes it', async () => {
  const running = await theCloud();
  const kept = await createKept(running);
  await running.stopPart('sqs');
  await withOwner(kept, (s3) => s3.send(new PutObjectCommand({ Bucket: kept.bucket, Key: 'incoming/b', Body: 'x' })));
  await running.startPart('sqs');
  // The gateway turns to the events it has kept half a minute after its start.
  await waitFor(async () => (await receiveKeys(kept)).includes('incoming/b'), 45_000);
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A database of its own to stop: the run's other tests keep theirs. */
let cloud: LocalCloud;
let house: House;
let worker: WorkerProcess;
let dataFolder: string;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-outage-'));
  cloud = await startLocalCloud({ dataFolder, parts: new Set(['postgres']) });
  const superuserUrl = cloud.postgres?.superuserUrl();
  if (!superuserUrl) throw new Error('no PostgreSQL');
  house = await buildHouse({ superuserUrl });
  worker = await house.startWorker();
});

afterAll(async () => {
  await house.tearDown();
  await cloud.stop({ discard: true });
  await rm(dataFolder, { recursive: true, force: true });
});

async function residentMegabytes(): Promise<number> {
  const status = await readFile(`/proc/${worker.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

test('files that arrive while the database is away are taken in when it is back, and the worker lives on', async () => {
  const before = await house.put('before.csv', itemsFile(3));
  await house.arrival(before.key, 'taken_in');
  const memory = await residentMegabytes();
  await cloud.stopPart('postgres');
  const keys: string[] = [];
  for (let index = 0; index < 5; index += 1) keys.push((await house.put(`away-${index}.csv`, itemsFile(3))).key);
  // Long enough that every loop of the worker has met the missing database several times.
  await new Promise((resolve) => setTimeout(resolve, 8_000));
  expect((await residentMegabytes()) - memory).toBeLessThan(150);
  await cloud.startPart('postgres');
  for (const key of keys) await house.arrival(key, 'taken_in');
  expect(worker.log()).toContain('polling stops');
  expect(await house.rows()).toHaveLength(3);
});

test('kill -9 of the database while a file is read: taken in, once', async () => {
  const { key } = await house.put('killed.csv', itemsFile(300_000));
  await house.arrival(key, 'running');
  cloud.killPart('postgres', 'SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 500));
  await cloud.startPart('postgres');
  await house.arrival(key, 'taken_in');
  const [counted] = await house.query<{ rows: string }>(`SELECT count(*) AS rows FROM "${house.target.schema}".items`);
  expect(counted).toEqual({ rows: '300000' });
});

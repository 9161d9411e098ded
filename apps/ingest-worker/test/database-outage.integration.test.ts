import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { openMessageQueue } from './message-queue.ts';
import { until } from './until.ts';
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

/** A minute in the long run of the fault tests. */
const awaySeconds = Number(process.env['HIKYAKU_OUTAGE_SECONDS'] ?? 8);

test(
  'files that arrive while the database is away are taken in when it is back; no message dies, and the worker lives on',
  async () => {
    const queue = openMessageQueue(house.account);
    const before = await house.put('before.csv', itemsFile(3));
    await house.arrival(before.key, 'taken_in');
    const memory = await residentMegabytes();
    await cloud.stopPart('postgres');
    const keys: string[] = [];
    // Longer than all receives of a message that is let go each time, so that one would die.
    const end = Date.now() + awaySeconds * 1_000;
    while (Date.now() < end) {
      keys.push((await house.put(`away-${keys.length}.csv`, itemsFile(3))).key);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    expect((await residentMegabytes()) - memory).toBeLessThan(150);
    await cloud.startPart('postgres');
    for (const key of keys) await house.arrival(key, 'taken_in');
    expect(worker.log()).toContain('polling stops');
    expect(await house.rows()).toHaveLength(3);
    expect(await queue.dead()).toBe(0);
    await until(async () => (await queue.waiting()) === 0 || undefined, 'the queue to be empty');
    queue.close();
  },
  (awaySeconds + 60) * 1_000,
);

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

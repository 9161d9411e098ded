import { afterAll, beforeAll, expect, test } from 'vitest';
import './on-redis.ts';
import { buildHouse, type House, itemsFile } from './house.ts';
import type { WorkerProcess } from './worker-process.ts';

let house: House;
let worker: WorkerProcess;

beforeAll(async () => {
  house = await buildHouse();
  worker = await house.startWorker();
});

afterAll(() => house.tearDown());

test('with REDIS_URL no job touches the database', async () => {
  const { key } = await house.put('first.csv', itemsFile(3));
  await house.arrival(key, 'taken_in');
  const tables = await house.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'bullmq'`);
  expect(tables).toEqual([]);
});

test('files that arrive while Redis is away are recorded at once, and taken in when it is back', async () => {
  await house.queue.redis?.stopPart('redis');
  const keys: string[] = [];
  for (let index = 0; index < 5; index += 1) keys.push((await house.put(`away-${index}.csv`, itemsFile(3))).key);
  for (const key of keys) await house.arrival(key, 'queued');
  // Long enough that the sweep has met the missing Redis.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(worker.log()).not.toContain('polling stops');
  await house.queue.redis?.startPart('redis');
  for (const key of keys) await house.arrival(key, 'taken_in');
  expect(worker.log().match(/"msg":"started"/g)).toHaveLength(1);
});

test('kill -9 of Redis while a file is read: taken in, once', async () => {
  const { key } = await house.put('killed.csv', itemsFile(300_000));
  const arrival = await house.arrival(key, 'running');
  house.queue.redis?.killPart('redis', 'SIGKILL');
  await house.arrival(key, 'taken_in');
  await house.queue.redis?.startPart('redis');
  const next = await house.put('after.csv', itemsFile(3));
  await house.arrival(next.key, 'taken_in');
  expect((await house.runs(arrival.id)).map(({ state }) => state)).toEqual(['committed']);
});

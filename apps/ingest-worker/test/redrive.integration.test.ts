import { type AppDatabase, createAppDatabase, redriveFailedFiles, redriveFile } from '@hikyaku/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import type { WorkerProcess } from './worker-process.ts';

let house: House;
let app: AppDatabase;
let worker: WorkerProcess;

beforeAll(async () => {
  house = await buildHouse();
  app = createAppDatabase({ url: house.database.app, maxConnections: 1 });
  worker = await house.startWorker({ MOST_ATTEMPTS: '2' });
});

afterAll(async () => {
  await app.close();
  await house.tearDown();
});

const operator = () => ({ organizationId: house.organizationId, actorId: null });

/** As the api does it. */
async function redrive(fileId: string): Promise<string> {
  const { answer } = await app.inOrganization(operator(), (transaction) => redriveFile(transaction, fileId));
  return answer;
}

/** Without its table no file can be merged, and none is at fault. */
async function withoutTable(work: () => Promise<void>): Promise<void> {
  const { schema } = house.target;
  await house.query(`ALTER TABLE "${schema}".items RENAME TO away`);
  try {
    await work();
  } finally {
    await house.query(`ALTER TABLE "${schema}".away RENAME TO items`);
  }
}

test('a file that failed, was redriven and failed again really runs each time, and is taken in once it can be', async () => {
  let id = '';
  await withoutTable(async () => {
    const { key } = await house.put('failed.csv', itemsFile(5));
    ({ id } = await house.arrival(key, 'failed'));
    expect(await redrive(id)).toBe('queued');
    expect(await house.arrival(key, 'failed')).toMatchObject({ attempts: 2, claim_epoch: '5' });
  });
  expect((await house.runs(id)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed']);
  expect(await redrive(id)).toBe('queued');
  expect(await house.arrival(house.keyOf('failed.csv'), 'taken_in')).toMatchObject({ attempts: 1, rows_inserted: '5' });
  expect(await redrive(id)).toBe('not-redrivable');
});

test('all that failed are taken in with one redrive', async () => {
  const keys: string[] = [];
  await withoutTable(async () => {
    for (let index = 0; index < 8; index += 1) keys.push((await house.put(`all-${index}.csv`, itemsFile(2))).key);
    for (const key of keys) await house.arrival(key, 'failed');
  });
  const redriven = await app.inOrganization(operator(), (transaction) =>
    redriveFailedFiles(transaction, { datasetId: undefined, most: 100 }),
  );
  expect(redriven).toBe(8);
  for (const key of keys) await house.arrival(key, 'taken_in');
});

test('a file that kills its worker each time is stopped after so many tries, and can be redriven', async () => {
  worker.signal('SIGTERM');
  await worker.exited;
  const holder = await house.lock(`"${house.target.schema}".items`);
  const { key } = await house.put('deadly.csv', itemsFile(7));
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    worker = await house.startWorker({ MOST_ATTEMPTS: '2', CLAIM_SECONDS: '2' });
    await house.arrivalWith(key, { state: 'running', attempts: attempt });
    worker.signal('SIGKILL');
    await worker.exited;
  }
  worker = await house.startWorker({ MOST_ATTEMPTS: '2' });
  const failed = await house.arrival(key, 'failed');
  expect(failed).toMatchObject({ cause_code: 'too-many-attempts', cause_details: { attempts: 2 } });
  await holder.end();
  expect(await redrive(failed.id)).toBe('queued');
  expect(await house.arrival(key, 'taken_in')).toMatchObject({ attempts: 1 });
});

import { type AppDatabase, createAppDatabase, redriveFailedFiles, redriveFile } from '@hikyaku/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';

let house: House;
let app: AppDatabase;

beforeAll(async () => {
  house = await buildHouse();
  app = createAppDatabase({ url: house.database.app, maxConnections: 1 });
  await house.startWorker({ MOST_ATTEMPTS: '1' });
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
    expect(await house.arrival(key, 'failed')).toMatchObject({ attempts: 1, claim_epoch: '3' });
  });
  expect((await house.runs(id)).map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect(await redrive(id)).toBe('queued');
  expect(await house.arrival(house.keyOf('failed.csv'), 'taken_in')).toMatchObject({ attempts: 1, rows_inserted: '5' });
  expect(await redrive(id)).toBe('not-redrivable');
});

test('all that failed are taken in with one redrive', async () => {
  const keys: string[] = [];
  await withoutTable(async () => {
    for (let index = 0; index < 4; index += 1) keys.push((await house.put(`all-${index}.csv`, itemsFile(2))).key);
    for (const key of keys) await house.arrival(key, 'failed');
  });
  const redriven = await app.inOrganization(operator(), (transaction) =>
    redriveFailedFiles(transaction, { datasetId: undefined, most: 100 }),
  );
  expect(redriven).toBe(4);
  for (const key of keys) await house.arrival(key, 'taken_in');
});

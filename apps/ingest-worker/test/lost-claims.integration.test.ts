import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { through } from '../faults/fault-parts.ts';
import { buildHouse, type House, itemsFile } from './house.ts';
import { until } from './until.ts';
import type { WorkerProcess } from './worker-process.ts';

let house: House;
let proxy: FaultProxy;
let worker: WorkerProcess;

/** One try only: whatever counts as one fails the file. */
const environment = { MOST_ATTEMPTS: '1', CLAIM_SECONDS: '3', SILENCE_SECONDS: '3' };

beforeAll(async () => {
  house = await buildHouse();
  proxy = await openFaultProxy({
    target: { host: '127.0.0.1', port: Number(new URL(house.database.app).port) },
  });
});
afterEach(async () => {
  await house.letGo();
  worker.signal('SIGKILL');
  await worker.exited;
  // A PostgreSQL makes and drops no database while a client of it is silent in the middle of logging in.
  for (const connection of proxy.connections()) connection.cut('now');
});
afterAll(async () => {
  await proxy.close();
  await house.tearDown();
});

function s3Port(): number {
  return Number(new URL(testCloud().s3?.endpoint ?? '').port);
}

async function waitingRun(key: string): Promise<string> {
  const { id } = await house.arrival(key, 'running');
  await until(
    async () => (await house.runs(id)).some((run) => run.state === 'waiting_for_lock') || undefined,
    'a run that waits for the table',
  );
  return id;
}

const said = (message: string) => until(() => worker.log().includes(message) || undefined, `"${message}"`);

test('a PostgreSQL that falls silent is noticed within two claims, and the file is taken in once when it answers again', async () => {
  worker = await house.startWorker({
    ...environment,
    DATABASE_URL: through(house.database.app, proxy),
  });
  const holder = await house.lock(`"${house.target.schema}".items`);
  const { key } = await house.put('silent.csv', itemsFile(50));
  const id = await waitingRun(key);
  const begin = Date.now();
  proxy.setWire({ end: { how: 'stall', afterBytes: 0 } });
  await said('claim lost');
  expect(Date.now() - begin).toBeLessThan(6_000);
  await said('outcome not written yet');
  const later = await house.put('later.csv', itemsFile(60));
  await holder.end();
  proxy.heal();
  expect(await house.arrival(key, 'taken_in')).toMatchObject({ attempts: 1 });
  await house.arrival(later.key, 'taken_in');
  const runs = (await house.runs(id)).map(({ state, counts }) => ({ state, counts }));
  expect(runs).toEqual([
    { state: 'released', counts: false },
    { state: 'committed', counts: true },
  ]);
  expect(await house.rows()).toHaveLength(60);
  expect(worker.log().match(/"msg":"started"/g)).toHaveLength(1);
}, 120_000);

test('a worker that was frozen past its claim and lives after all takes the try back', async () => {
  const holdsBodies = await openFaultProxy({ target: { host: '127.0.0.1', port: s3Port() }, http: true });
  const answersOfAFile = { how: 'stall', afterBytes: 20_000 } as const;
  holdsBodies.setWire({ end: answersOfAFile });
  worker = await house.startWorker({
    ...environment,
    SILENCE_SECONDS: '30',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${holdsBodies.port}`,
  });
  const { key } = await house.put('frozen.csv', itemsFile(5_000));
  const { id } = await house.arrival(key, 'running');
  await until(
    async () => (await house.runs(id)).some((run) => run.state === 'loading') || undefined,
    'a run that reads its file',
  );
  worker.signal('SIGSTOP');
  const other = await house.startWorker(environment);
  expect(await house.arrival(key, 'failed')).toMatchObject({ cause_code: 'too-many-attempts' });
  other.signal('SIGKILL');
  await other.exited;
  holdsBodies.heal();
  worker.signal('SIGCONT');
  expect(await house.arrival(key, 'taken_in')).toMatchObject({ attempts: 1, rows_read: '5000' });
  worker.signal('SIGKILL');
  await worker.exited;
  await holdsBodies.close();
}, 60_000);

test('a file whose dataset can not be read has its tries counted, and waits for a person in the end', async () => {
  const definition = 'SELECT definition FROM dataset WHERE organization_id = $1';
  const define = (value: unknown) =>
    house.query('UPDATE dataset SET definition = $2 WHERE organization_id = $1', [house.organizationId, value]);
  const [before] = await house.query(definition, [house.organizationId]);
  await define({});
  try {
    worker = await house.startWorker(environment);
    const { key } = await house.put('unread.csv', itemsFile(5));
    expect(await house.arrival(key, 'failed')).toMatchObject({ cause_code: 'too-many-attempts', attempts: 1 });
  } finally {
    await define(before?.['definition']);
  }
}, 60_000);

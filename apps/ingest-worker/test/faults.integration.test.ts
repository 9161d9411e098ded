import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { encrypted, testKeys } from './test-keys.ts';
import { until } from './until.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Large enough that a run can be caught while it reads. */
const manyRows = 400_000;
const oneBadLine = Buffer.concat([itemsFile(50), Buffer.from('x,bad,1\n')]);

let house: House;
let worker: WorkerProcess;

beforeAll(async () => {
  house = await buildHouse();
});

afterAll(() => house.tearDown());

beforeEach(async () => {
  await house.query(`TRUNCATE "${house.target.schema}".items`);
  worker = await house.startWorker();
  return async () => {
    worker.signal('SIGKILL');
    await worker.exited;
    await house.letGo();
  };
});

/** Holds a lock that the run will need, brings it there, and hands over; what happens then is the test's. */
async function caughtAt(
  point: { lock: string; runState: string },
  file: Buffer,
  name: string,
): Promise<{ key: string; release: () => Promise<void> }> {
  const holder = await house.lock(point.lock);
  const { key } = await house.put(name, file);
  const arrival = await house.arrival(key, 'running');
  await until(
    async () => (await house.runs(arrival.id)).some((run) => run.state === point.runState) || undefined,
    `a run in ${point.runState}`,
  );
  // The worker is inside the statement that needs the lock.
  await until(
    async () => (await house.query(`SELECT 1 FROM pg_locks WHERE NOT granted`)).length > 0 || undefined,
    'somebody to wait for the lock',
  );
  return {
    key,
    release: () => holder.end(),
  };
}

/** The invariant of all faults: every row once, one committed run, nothing left behind. */
async function expectTakenInOnce(key: string, rows: number): Promise<void> {
  const arrival = await house.arrival(key, 'taken_in');
  const runs = await house.runs(arrival.id);
  expect(runs.filter((run) => run.state === 'committed')).toHaveLength(1);
  expect(runs.filter((run) => !['committed', 'released', 'failed'].includes(run.state))).toEqual([]);
  const [counted] = await house.query<{ rows: string; ids: string }>(
    `SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM "${house.target.schema}".items`,
  );
  expect(counted).toEqual({ rows: String(rows), ids: String(rows) });
}

async function replaceWorker(): Promise<void> {
  worker.signal('SIGKILL');
  await worker.exited;
  worker = await house.startWorker();
}

test('kill -9 while a file is read: another worker takes it in, once', async () => {
  const { key } = await house.put('killed-loading.csv', itemsFile(manyRows));
  const arrival = await house.arrival(key, 'running');
  await until(
    async () => (await house.runs(arrival.id)).some((run) => run.state === 'loading') || undefined,
    'a run that loads',
  );
  await replaceWorker();
  await expectTakenInOnce(key, manyRows);
  expect((await house.runs(arrival.id)).map((run) => [run.state, run.cause_code])).toEqual([
    ['released', 'claim-lost'],
    ['committed', null],
  ]);
});

test('kill -9 in the middle of a compressed and encrypted file: another worker takes it in, once', async () => {
  const keys = await testKeys(house.database.owner);
  try {
    const publicKey = await keys.add('test');
    worker.signal('SIGKILL');
    worker = await house.startWorker({ KEYS_FOLDER: keys.folder });
    const { key } = await house.put('killed.csv.gz.age', await encrypted(gzipSync(itemsFile(manyRows)), publicKey));
    const arrival = await house.arrival(key, 'running');
    await until(
      async () =>
        (await house.query('SELECT 1 FROM ingest_run WHERE arrival_id = $1 AND bytes_so_far > 0', [arrival.id]))
          .length > 0 || undefined,
      'a run that has decrypted some of it',
    );
    expect(await house.rows()).toEqual([]);
    worker.signal('SIGKILL');
    await worker.exited;
    worker = await house.startWorker({ KEYS_FOLDER: keys.folder });
    await expectTakenInOnce(key, manyRows);
  } finally {
    await keys.remove();
  }
});

test('kill -9 while a run waits for the table: taken in, once', async () => {
  const lock = `"${house.target.schema}".items`;
  const caught = await caughtAt({ lock, runState: 'waiting_for_lock' }, itemsFile(50), 'killed-waiting.csv');
  await replaceWorker();
  await caught.release();
  await expectTakenInOnce(caught.key, 50);
});

test('kill -9 between the merge and its commit: taken in, once', async () => {
  const caught = await caughtAt({ lock: 'reject', runState: 'merging' }, oneBadLine, 'killed-committing.csv');
  await replaceWorker();
  await caught.release();
  await expectTakenInOnce(caught.key, 50);
  const rejects = await house.query(
    'SELECT r.line_number FROM reject r JOIN arrival a ON a.id = r.arrival_id WHERE a.key = $1',
    [caught.key],
  );
  expect(rejects).toEqual([{ line_number: '52' }]);
});

test('a worker frozen while it reads wakes up harmless after another has taken over', async () => {
  const { key } = await house.put('frozen-loading.csv', itemsFile(manyRows));
  const arrival = await house.arrival(key, 'running');
  await until(
    async () => (await house.runs(arrival.id)).some((run) => run.state === 'loading') || undefined,
    'a run that loads',
  );
  worker.signal('SIGSTOP');
  const other = await house.startWorker();
  await house.arrival(key, 'taken_in');
  worker.signal('SIGCONT');
  await until(() => worker.log().includes('claim lost') || undefined, 'the frozen worker to notice');
  await expectTakenInOnce(key, manyRows);
  other.signal('SIGKILL');
});

test('a worker frozen inside its last transaction loses it to the server, and commits nothing when it wakes up', async () => {
  const lock = `"${house.target.schema}".items`;
  const caught = await caughtAt({ lock, runState: 'waiting_for_lock' }, itemsFile(50), 'frozen-committing.csv');
  worker.signal('SIGSTOP');
  await caught.release();
  const other = await house.startWorker();
  await house.arrival(caught.key, 'taken_in');
  worker.signal('SIGCONT');
  await until(() => /claim lost|run ended without/.test(worker.log()) || undefined, 'the frozen worker to notice');
  await expectTakenInOnce(caught.key, 50);
  other.signal('SIGKILL');
});

test('SIGTERM gives a file back that cannot be finished in time; the attempt does not count', async () => {
  worker.signal('SIGKILL');
  worker = await house.startWorker({ STOP_GRACE_SECONDS: '0' });
  const { key } = await house.put('released.csv', itemsFile(manyRows));
  const arrival = await house.arrival(key, 'running');
  const begin = Date.now();
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe(0);
  expect(Date.now() - begin).toBeLessThan(10_000);
  expect(await house.query('SELECT state, attempts FROM arrival WHERE id = $1', [arrival.id])).toEqual([
    { state: 'queued', attempts: 0 },
  ]);
  await house.expectNothingLeft();
  worker = await house.startWorker();
  await expectTakenInOnce(key, manyRows);
});

test('a queue emptied while 200 files wait loses none of them', async () => {
  worker.signal('SIGTERM');
  await worker.exited;
  const keys: string[] = [];
  worker = await house.startWorker({ INGEST_CONCURRENCY: '1' });
  const holder = await house.lock('ingest_run');
  for (let index = 0; index < 200; index += 1) keys.push((await house.put(`queued-${index}.csv`, itemsFile(5))).key);
  for (const key of keys) await house.arrival(key, 'queued');
  worker.signal('SIGKILL');
  await worker.exited;
  await house.queue.empty();
  await holder.end();
  worker = await house.startWorker();
  for (const key of keys) await house.arrival(key, 'taken_in');
});

test('in the end no staging table is left', async () => {
  await until(
    async () => {
      try {
        await house.expectNothingLeft();
        return true;
      } catch {
        return undefined;
      }
    },
    'orphaned staging tables to be dropped',
    90,
  );
});

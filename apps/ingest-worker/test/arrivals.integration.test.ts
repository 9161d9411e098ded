import { DeleteObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { fitsQueue, messageBodies } from './message-bodies.ts';
import { openMessageQueue } from './message-queue.ts';
import { until } from './until.ts';
import type { WorkerProcess } from './worker-process.ts';

// More of everything in the long run of the fault tests.
const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
const bodies = Number(process.env['HIKYAKU_QUEUE_BODIES'] ?? 60);
const backlog = Number(process.env['HIKYAKU_BACKLOG'] ?? 60);

let house: House;
let worker: WorkerProcess;
let queue: ReturnType<typeof openMessageQueue>;

/** Finds what no event announced within a second. */
const reconciling = { RECONCILE_SECONDS: '1', RECONCILE_GRACE_SECONDS: '0' };

beforeAll(async () => {
  house = await buildHouse();
  queue = openMessageQueue(house.account);
  worker = await house.startWorker();
});

afterAll(async () => {
  queue.close();
  await house.tearDown();
});

async function stopWorker(): Promise<void> {
  worker.signal('SIGTERM');
  await worker.exited;
}

/** Of a key in the order of the ledger, once there are so many and all are settled. */
async function versionsOf(key: string, count: number) {
  return until(async () => {
    const found = await house.query<{ id: string; state: string; version_id: string; cause_code: string | null }>(
      'SELECT id, state, version_id, cause_code FROM arrival WHERE key = $1 ORDER BY position',
      [key],
    );
    const isSettled = found.every(({ state }) => !['recorded', 'queued', 'running'].includes(state));
    return found.length === count && isSettled ? found : undefined;
  }, `${count} settled versions of ${key}`);
}

async function amountsOf(ids: number[]): Promise<Record<string, string>> {
  const rows = await house.query<{ id: string; name: string }>(
    `SELECT id, name FROM "${house.target.schema}".items WHERE id = ANY($1)`,
    [ids],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

test("S3's own notifications, several objects in one message, arrive too", async () => {
  await stopWorker();
  const names = ['direct a+b.csv', 'direct ％.csv'];
  const put = [];
  for (const name of names) put.push(await house.put(name, itemsFile(2)));
  await queue.lose(2);
  await queue.send(
    JSON.stringify({
      Records: put.map(({ key, versionId }) => ({
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: {
          bucket: { name: house.account.bucket },
          object: { key: encodeURIComponent(key).replaceAll('%20', '+'), versionId },
        },
      })),
    }),
  );
  worker = await house.startWorker();
  for (const { key } of put) expect(await house.arrival(key)).toMatchObject({ state: 'taken_in', rows_read: '2' });
});

test('a delete marker takes no rows away, and the version below it is taken in', async () => {
  const lock = await house.lock('ingest_run');
  const { key, versionId } = await house.put('hidden.csv', 'id,name\n701,hidden\n');
  await house.arrival(key, 'queued');
  await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: key }));
  await lock.end();
  expect(await house.arrival(key)).toMatchObject({ state: 'taken_in', version_id: versionId });
  expect(await amountsOf([701])).toEqual({ 701: 'hidden' });
});

test('a version that is deleted for good after it was taken in is noted, and its rows stay', async () => {
  const { key, versionId } = await house.put('noted.csv', 'id,name\n702,noted\n');
  await house.arrival(key, 'taken_in');
  await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: key, VersionId: versionId }));
  await until(
    async () =>
      (await house.query('SELECT FROM arrival WHERE key = $1 AND object_deleted_at IS NOT NULL', [key])).length > 0 ||
      undefined,
    'the deletion to be noted',
  );
  expect(await house.arrival(key)).toMatchObject({ state: 'taken_in' });
  expect(await amountsOf([702])).toEqual({ 702: 'noted' });
});

test('the same bytes put again under their key are read again, and change nothing unless others came between', async () => {
  const [a, b] = ['id,name\n703,a\n', 'id,name\n703,b\n'];
  for (const [index, body] of [a, a, b, a].entries()) {
    const { key } = await house.put('again.csv', body);
    await versionsOf(key, index + 1);
  }
  const versions = await versionsOf(house.keyOf('again.csv'), 4);
  expect(versions.map(({ state }) => state)).toEqual(versions.map(() => 'taken_in'));
  const [again] = await house.query('SELECT rows_unchanged, rows_updated FROM arrival WHERE version_id = $1', [
    versions[1]?.version_id,
  ]);
  expect(again).toEqual({ rows_unchanged: '1', rows_updated: '0' });
  expect(await amountsOf([703])).toEqual({ 703: 'a' });
});

test('versions whose events come the wrong way round, or not at all, are taken in in the order of S3', async () => {
  await stopWorker();
  const put = [];
  for (const name of ['first', 'second', 'third']) {
    put.push(await house.put('order.csv', `id,name\n704,${name}\n705,${name === 'third' ? 'second' : name}\n`));
  }
  await queue.lose(3);
  const { bucket } = house.account;
  const [first, , third] = put;
  for (const version of [third, first]) {
    await queue.send(
      JSON.stringify({
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: { bucket: { name: bucket }, object: { key: version?.key, 'version-id': version?.versionId } },
      }),
    );
  }
  worker = await house.startWorker();
  const versions = await versionsOf(house.keyOf('order.csv'), 3);
  expect(versions.map(({ version_id }) => version_id)).toEqual(put.map(({ versionId }) => versionId));
  expect(versions.map(({ state }) => state)).toEqual(['taken_in', 'taken_in', 'taken_in']);
  expect(await amountsOf([704, 705])).toEqual({ 704: 'third', 705: 'second' });
});

test('a file whose partitions newer files wrote is stale; without the date that its dataset goes by it is refused', async () => {
  const dataset = `SELECT definition FROM dataset WHERE organization_id = $1`;
  const [before] = await house.query(dataset, [house.organizationId]);
  const define = (definition: unknown) =>
    house.query('UPDATE dataset SET definition = $2 WHERE organization_id = $1', [house.organizationId, definition]);
  await define({
    ...before?.['definition'],
    mode: 'replace-partition',
    primaryKey: ['id', 'name'],
    partitionBy: ['name'],
    order: { by: 'name-date' },
  });
  try {
    const newer = await house.put('day-2026-11-21.csv', 'id,name\n711,day\n712,day\n');
    expect(await house.arrival(newer.key)).toMatchObject({ state: 'taken_in' });
    const older = await house.put('day-20261120.csv', 'id,name\n713,day\n');
    expect(await house.arrival(older.key)).toMatchObject({ state: 'stale', rows_inserted: '0' });
    expect(await amountsOf([711, 712, 713])).toEqual({ 711: 'day', 712: 'day' });
    const undated = await house.put('day.csv', 'id,name\n714,day\n');
    expect(await house.arrival(undated.key)).toMatchObject({ state: 'refused', cause_code: 'no-date-in-name' });
  } finally {
    await define(before?.['definition']);
  }
});

test('objects that no event announced are found, older versions too, by one of two workers, and once', async () => {
  await stopWorker();
  const keys = Array.from({ length: 12 }, (_, index) => house.keyOf(`unheard-${index}.csv`));
  for (const [index, key] of keys.entries()) await house.put('', `id,name\n${800 + index},old\n`, key);
  const [twice = ''] = keys;
  await house.put('', 'id,name\n800,new\n', twice);
  await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: keys[1] ?? '' }));
  await queue.lose(14);
  worker = await house.startWorker(reconciling);
  const other = await house.startWorker(reconciling);
  for (const key of keys.slice(1)) expect(await versionsOf(key, 1)).toMatchObject([{ state: 'taken_in' }]);
  expect(await versionsOf(twice, 2)).toMatchObject([{ state: 'taken_in' }, { state: 'taken_in' }]);
  expect(await amountsOf([800, 801])).toEqual({ 800: 'new', 801: 'old' });
  const logs = worker.log() + other.log();
  expect(logs.split('found an object that no event announced')).toHaveLength(13 + 1);
  other.signal('SIGTERM');
  await other.exited;
});

test(
  'two workers share a backlog, each file is taken in once',
  async () => {
    await stopWorker();
    const keys: string[] = [];
    for (let index = 0; index < backlog; index += 10) {
      const some = Array.from({ length: 10 }, (_, more) => house.put(`shared-${index + more}.csv`, itemsFile(4)));
      keys.push(...(await Promise.all(some)).map(({ key }) => key));
    }
    worker = await house.startWorker();
    const other = await house.startWorker();
    for (const key of keys) await house.arrival(key, 'taken_in');
    const runs = await house.query<{ runs: string; workers: string }>(
      `SELECT count(*) AS runs, count(DISTINCT r.claimed_by) AS workers
       FROM ingest_run r JOIN arrival a ON a.id = r.arrival_id WHERE a.key LIKE '%/shared-%'`,
    );
    expect(runs).toEqual([{ runs: String(backlog), workers: '2' }]);
    other.signal('SIGTERM');
    await other.exited;
  },
  60_000 + backlog * 1_000,
);

test('a file that kills its worker each time is stopped after so many tries, and is kept with its cause', async () => {
  await stopWorker();
  const holder = await house.lock(`"${house.target.schema}".items`);
  const { key } = await house.put('deadly.csv', itemsFile(7));
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    worker = await house.startWorker({ MOST_ATTEMPTS: '2', CLAIM_SECONDS: '2' });
    await house.arrivalWith(key, { state: 'running', attempts: attempt });
    worker.signal('SIGKILL');
    await worker.exited;
  }
  worker = await house.startWorker({ MOST_ATTEMPTS: '2' });
  expect(await house.arrival(key, 'failed')).toMatchObject({
    cause_code: 'too-many-attempts',
    cause_details: { attempts: 2 },
  });
  await holder.end();
});

test(
  'whatever stands in the queue between good messages, the worker lives on, the good ones arrive and the rest dies',
  async () => {
    await stopWorker();
    const keys: string[] = [];
    let unreadable = 0;
    for (const { body, expected } of messageBodies(seed, bodies)) {
      if (!fitsQueue(body)) continue;
      await queue.send(body);
      if (expected === 'unreadable') unreadable += 1;
      if (keys.length < bodies / 10) keys.push((await house.put(`between-${keys.length}.csv`, itemsFile(3))).key);
    }
    // After its fifth receive a message is dead.
    worker = await house.startWorker({ VISIBILITY_TIMEOUT_SECONDS: '1' });
    for (const key of keys) expect(await house.arrival(key), `seed ${seed}`).toMatchObject({ state: 'taken_in' });
    await until(
      async () => ((await queue.dead()) === unreadable ? true : undefined),
      `${unreadable} dead messages`,
      40 + bodies / 5,
    );
    expect(await queue.waiting()).toBe(0);
    expect(worker.log()).not.toContain('arrival not recorded');
  },
  60_000 + bodies * 200,
);

test('where a bucket keeps no versions, an object that was replaced before it was read is superseded', async () => {
  const { bucket: Bucket } = house.account;
  await house.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
  const lock = await house.lock('ingest_run');
  const { key } = await house.put('replaced.csv', 'id,name\n706,old\n');
  await house.arrival(key, 'queued');
  await house.put('replaced.csv', 'id,name\n706,new\n');
  await until(
    async () => (await house.query('SELECT FROM arrival WHERE key = $1', [key])).length === 2 || undefined,
    'both objects',
  );
  await lock.end();
  expect(await versionsOf(key, 2)).toMatchObject([
    { state: 'superseded', cause_code: 'object-superseded' },
    { state: 'taken_in' },
  ]);
  expect(await amountsOf([706])).toEqual({ 706: 'new' });
});

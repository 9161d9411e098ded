import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { createPool } from '@hikyaku/db/ledger';
import { createLogger } from '@hikyaku/telemetry';
import { incomingPrefix } from '@hikyaku/types';
import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseMessage } from '@hikyaku/s3-core/events';
import { handleEvent } from '../src/arrivals/handle-event.ts';
import { ingestArrival } from '../src/ingest/ingest-arrival.ts';
import { unobserved } from '../src/run-points.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { buildHouse, type House } from './house.ts';

/** What may happen to one of two keys; a purge deletes one of its versions for good. */
interface Operation {
  key: number;
  kind: 'put' | 'put again' | 'hide' | 'purge';
  which: number;
}
const operation: fc.Arbitrary<Operation> = fc.record({
  key: fc.constantFrom(0, 1),
  kind: fc.constantFrom<Operation['kind']>('put', 'put', 'put', 'put again', 'hide', 'purge'),
  which: fc.nat({ max: 20 }),
});
const history = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 7 }),
  /** Which event comes when: some twice, some never, in any order. */
  deliveries: fc.array(fc.nat({ max: 20 }), { maxLength: 16 }),
});

interface Version {
  versionId: string;
  name: string;
  /** Which put it was, of both keys. */
  place: number;
  isPurged: boolean;
}

interface KeyHistory {
  key: string;
  rowId: number;
  /** Of a row that the files of both keys have. */
  sharedId: number;
  /** In the order of S3. */
  versions: Version[];
  /** How many versions there were when a delete marker was put on them last. */
  hidden: number;
}

interface LedgerRow {
  key: string;
  version_id: string;
  state: string;
  cause_code: string | null;
  /** Inserted, updated or left as they were. */
  rows: number | null;
}

const logger = createLogger({ service: 'test', level: 'silent' });
const runs = Number(process.env['HIKYAKU_EVENT_HISTORIES'] ?? 12);
const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);

let house: House;
let pool: Pool;
let cases = 0;

beforeAll(async () => {
  house = await buildHouse();
  pool = createPool({ url: house.database.app, maxConnections: 4, onError: () => undefined });
});

afterAll(async () => {
  await pool.end();
  await house.tearDown();
});

test(
  'whatever of the events of create, overwrite and delete comes twice, late, in another order or never, and whatever is taken in meanwhile, the ledger and the table are those of the model',
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ operations, deliveries }) => {
        cases += 1;
        const keys = [0, 1].map((index): KeyHistory => ({
          key: house.keyOf(`case-${cases}-${index}.csv`),
          rowId: cases * 3 + index,
          sharedId: cases * 3 + 2,
          versions: [],
          hidden: 0,
        }));
        const events = await live(keys, operations);
        const announced = new Set<string>();
        for (const index of deliveries) {
          const event = events[index % Math.max(events.length, 1)];
          if (!event) continue;
          announced.add(event.versionId);
          await deliver(event.body);
          // What comes now is late.
          if (index % 3 === 0) await takeInAll(keys);
        }
        await reconcileAll();
        await takeInAll(keys);
        await compare(keys, announced);
      }),
      // In time to tell what it found.
      { seed, numRuns: runs, interruptAfterTimeLimit: 30_000 + runs * 3_000, markInterruptAsFailure: true },
    );
  },
  30_000 + runs * 3_000,
);

/** Does it to S3; returns the events of it, in the order of S3. */
async function live(keys: KeyHistory[], operations: Operation[]) {
  const events: { versionId: string; body: string }[] = [];
  let puts = 0;
  for (const { key: index, kind, which } of operations) {
    const of = keys[index];
    if (!of) continue;
    const existing = of.versions.filter(({ isPurged }) => !isPurged);
    if (kind === 'put' || kind === 'put again') {
      puts += 1;
      const name = kind === 'put' ? `put ${puts}` : (of.versions.at(-1)?.name ?? 'again');
      const content = contentOf(of, name);
      const { versionId = '' } = await house.put('', content, of.key);
      of.versions.push({ versionId, name, place: puts, isPurged: false });
      events.push({
        versionId,
        body: eventBody('Object Created', { key: of.key, 'version-id': versionId, size: content.length }),
      });
    } else if (kind === 'hide') {
      await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: of.key }));
      of.hidden = of.versions.length;
      events.push({ versionId: '', body: eventBody('Object Deleted', { key: of.key }, 'Delete Marker Created') });
    } else if (existing.length > 0) {
      const version = existing[which % existing.length];
      if (!version) continue;
      const { versionId } = version;
      await house.s3.send(new DeleteObjectCommand({ Bucket: house.account.bucket, Key: of.key, VersionId: versionId }));
      version.isPurged = true;
      events.push({
        versionId: '',
        body: eventBody('Object Deleted', { key: of.key, 'version-id': versionId }, 'Permanently Deleted'),
      });
    }
  }
  return events;
}

function contentOf({ rowId, sharedId }: KeyHistory, name: string): string {
  return `id,name\n${rowId},${name}\n${sharedId},${name}\n`;
}

function eventBody(type: string, object: Record<string, string | number>, deletionType?: string): string {
  return JSON.stringify({
    source: 'aws.s3',
    'detail-type': type,
    // As S3's own notifications tell it, to the millisecond.
    time: new Date().toISOString(),
    detail: { bucket: { name: house.account.bucket }, object, 'deletion-type': deletionType },
  });
}

async function deliver(body: string): Promise<void> {
  const parsed = parseMessage(body);
  if (parsed.kind !== 'events') throw new Error(`not an event: ${body}`);
  for (const event of parsed.events) await handleEvent({ pool, s3: house.s3 }, event);
}

async function reconcileAll(): Promise<void> {
  await reconcile({
    pool,
    s3: house.s3,
    logger,
    bucket: house.account.bucket,
    prefix: incomingPrefix,
    worker: 'test',
    intervalSeconds: 0,
    graceSeconds: 0,
    signal: new AbortController().signal,
    onRecorded: async () => undefined,
  });
}

/** In the order of the ledger, as one worker does. */
async function takeInAll(keys: KeyHistory[]): Promise<void> {
  const waiting = await house.query<{ id: string }>(
    `SELECT id FROM arrival WHERE key = ANY($1) AND state = 'queued' ORDER BY position`,
    [keys.map(({ key }) => key)],
  );
  for (const { id } of waiting) {
    await ingestArrival(
      {
        pool,
        runPool: pool,
        s3: house.s3,
        keyStore: undefined,
        logger,
        worker: 'test',
        claimSeconds: 60,
        mostAttempts: 1,
        retrySeconds: 1,
        silenceSeconds: 30,
        closing: new AbortController().signal,
        stopping: new AbortController().signal,
        announce: () => undefined,
        wakeUp: async () => undefined,
        observer: unobserved,
      },
      id,
    );
  }
}

async function compare(keys: KeyHistory[], announced: ReadonlySet<string>): Promise<void> {
  const ledger = await house.query<LedgerRow>(
    `SELECT key, version_id, state, cause_code, (rows_inserted + rows_updated + rows_unchanged)::integer AS rows
       FROM arrival WHERE key = ANY($1) ORDER BY position`,
    [keys.map(({ key }) => key)],
  );
  for (const { key, versions } of keys) {
    const recorded = ledger.filter((row) => row.key === key).map(({ version_id }) => version_id);
    // Every version that is there, once, in the order of S3; of those that are gone the ones that were told of.
    const there = versions.filter(({ isPurged }) => !isPurged).map(({ versionId }) => versionId);
    const gone = versions.filter(({ isPurged, versionId }) => isPurged && announced.has(versionId));
    expect(recorded.filter((versionId) => there.includes(versionId))).toEqual(there);
    expect(recorded.toSorted()).toEqual([...there, ...gone.map(({ versionId }) => versionId)].toSorted());
  }
  expect(ledger).toEqual(expectedOf(keys, ledger));
  const table = await house.query<{ id: string; name: string }>(
    `SELECT id, name FROM "${house.target.schema}".items WHERE id = ANY($1) ORDER BY id`,
    [keys.flatMap(({ rowId, sharedId }) => [rowId, sharedId])],
  );
  const rows = new Map<number, string>();
  const inOrder = keys.flatMap(({ versions, ...of }) => versions.map((version) => ({ ...of, ...version })));
  for (const { rowId, sharedId, name, isPurged } of inOrder.toSorted((a, b) => a.place - b.place)) {
    if (!isPurged) rows.set(rowId, name).set(sharedId, name);
  }
  const expected = [...rows].map(([id, name]) => ({ id: String(id), name }));
  expect(table).toEqual(expected.toSorted((a, b) => Number(a.id) - Number(b.id)));
}

/** What becomes of the arrivals that the ledger recorded. */
function expectedOf(keys: KeyHistory[], recorded: LedgerRow[]): LedgerRow[] {
  return recorded.map(({ key, version_id }): LedgerRow => {
    const of = keys.find((one) => one.key === key);
    const version = of?.versions.find(({ versionId }) => versionId === version_id);
    const row = { key, version_id, cause_code: null, rows: null };
    if (!of || !version) return { ...row, state: 'nowhere' };
    if (!version.isPurged) return { ...row, state: 'taken_in', rows: 2 };
    const isThere = of.versions.some(({ isPurged }, index) => !isPurged && index >= of.hidden);
    return isThere
      ? { ...row, state: 'superseded', cause_code: 'object-superseded' }
      : { ...row, state: 'refused', cause_code: 'object-deleted' };
  });
}

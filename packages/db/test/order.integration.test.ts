import { randomUUID } from 'node:crypto';
import type { FileErrorCode, RowCounts, TableDefinition } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { setUploadState } from '../src/index.ts';
import {
  type ArrivedObject,
  type Claim,
  claimArrival,
  fenceRun,
  inOrganization,
  moveWatermark,
  recordArrival,
  refuseSameContent,
  routeArrivals,
  type RunOutcome,
  settleRun,
} from '../src/ledger/index.ts';
import { keyIn, type LedgerOrganization, objectAt, testLedger, type TestLedger } from './test-ledger.ts';

const counts: RowCounts = { read: 1, inserted: 1, updated: 0, unchanged: 0, repeated: 0, rejected: 0, deleted: 0 };

let ledger: TestLedger;
/** Of each test its own: what came before decides. */
let organization: LedgerOrganization;

beforeAll(async () => {
  ledger = await testLedger();
});
beforeEach(async () => {
  organization = await ledger.makeOrganization();
});
afterAll(() => ledger.close());

describe('versions of one key', () => {
  test('are taken in one after the other, in their order', async () => {
    const key = foreignKey();
    const [first, second] = [await record(objectAt(key)), await record(objectAt(key))];
    expect(await claim(second)).toBeUndefined();
    const held = await claimed(first);
    expect(await claim(second)).toBeUndefined();
    await takeIn(held);
    await takeIn(await claimed(second));
    expect(await states(key)).toEqual(['taken_in', 'taken_in']);
  });

  test('one that waits for its next attempt holds nobody up', async () => {
    const key = foreignKey();
    const [first, second] = [await record(objectAt(key)), await record(objectAt(key))];
    await settle(await claimed(first), { kind: 'retry', cause: cause('key-unavailable'), delaySeconds: 60 });
    await takeIn(await claimed(second));
    expect(await states(key)).toEqual(['queued', 'taken_in']);
  });

  test('the same content again is read again, for it says that all of it still holds', async () => {
    const object = objectAt(foreignKey());
    for (const next of [object, { ...object, versionId: randomUUID() }])
      await takeIn(await claimed(await record(next)));
    expect(await states(object.key)).toEqual(['taken_in', 'taken_in']);
  });

  test('where files only insert the same content again is a duplicate: nothing is read', async () => {
    await define({ mode: 'insert' });
    const object = objectAt(foreignKey());
    const first = await record(object);
    await takeIn(await claimed(first));
    await takeIn(await claimed(await record(objectAt(foreignKey()))));
    const again = await record({ ...object, versionId: randomUUID() });
    expect(await claim(again)).toBeUndefined();
    expect(await arrival(again)).toMatchObject({ state: 'duplicate', cause_details: { arrivalId: first.id } });
    expect(await runsOf(again)).toBe(0);
    expect(await claim(await record({ ...object, versionId: randomUUID() }))).toBeUndefined();
    expect(await states(object.key)).toEqual(['taken_in', 'duplicate', 'duplicate']);
  });

  test.each<FileErrorCode>(['not-csv', 'object-deleted'])(
    'content that was refused as %s, and comes again, is read again',
    async (code) => {
      const object = objectAt(foreignKey());
      await settle(await claimed(await record(object)), { kind: 'refused', cause: cause(code) });
      expect(await claim(await record({ ...object, versionId: randomUUID() }))).toBeDefined();
    },
  );

  test('the same content under another key is no duplicate', async () => {
    const object = objectAt(foreignKey());
    await takeIn(await claimed(await record(object)));
    expect(await claim(await record({ ...object, key: foreignKey() }))).toBeDefined();
  });
});

describe('content that was taken in before', () => {
  const sha256 = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';

  test('is skipped without reading it where its sender gave the checksum, and the dataset says so', async () => {
    for (const [sameContent, state] of [
      ['ingest', 'running'],
      ['skip', 'same_content'],
    ] as const) {
      await define({ sameContent });
      const first = await claimed(await record(objectAt(foreignKey())));
      await settle(first, { kind: 'taken_in', counts, checksumSha256: sha256 });
      const upload = await ledger.makeUpload(organization);
      await ledger.superuser.query('UPDATE upload SET sha256 = $2 WHERE id = $1', [upload.id, sha256]);
      const again = await record(objectAt(upload.key));
      expect((await claim(again)) !== undefined).toBe(state === 'running');
      expect(await arrival(again)).toMatchObject({ state });
      if (state === 'same_content') expect(await runsOf(again)).toBe(0);
    }
  });

  test('is read where the checksum is only the word of who sent it in parts', async () => {
    await define({ sameContent: 'skip' });
    const first = await claimed(await record(objectAt(foreignKey())));
    await settle(first, { kind: 'taken_in', counts, checksumSha256: sha256 });
    const upload = await ledger.makeUpload(organization);
    await ledger.superuser.query('UPDATE upload SET sha256 = $2, part_size_bytes = 8388608 WHERE id = $1', [
      upload.id,
      sha256,
    ]);
    const again = await record(objectAt(upload.key));
    await claimed(again);
    expect(await arrival(again)).toMatchObject({ state: 'running' });
  });

  test('is skipped at the merge where the bytes had to be read first; of two at the same moment one is', async () => {
    await define({ sameContent: 'skip' });
    const both = [
      await claimed(await record(objectAt(foreignKey()))),
      await claimed(await record(objectAt(foreignKey()))),
    ];
    const ends = await Promise.allSettled(
      both.map((held) =>
        inOrganization(ledger.pool, held.organizationId, async (client) => {
          await fenceRun(client, held);
          await refuseSameContent(client, held, sha256);
          await client.query('SELECT pg_sleep(0.1)');
          await settleRun(client, held, { kind: 'taken_in', counts, checksumSha256: sha256 });
        }),
      ),
    );
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'same-content' } });
  });

  test('of another dataset or organization is nothing to this one', async () => {
    await define({ sameContent: 'skip' });
    const [elsewhere, own] = [await ledger.makeOrganization(), organization];
    const theirs = await claimed(await record(objectAt(keyIn(elsewhere))));
    await settle(theirs, { kind: 'taken_in', counts, checksumSha256: sha256 });
    const held = await claimed(await record(objectAt(keyIn(own))));
    await inOrganization(ledger.pool, held.organizationId, (client) => refuseSameContent(client, held, sha256));
  });
});

describe('the source position', () => {
  test('is the moment S3 tells, known at once, in whatever order the messages come', async () => {
    const [older, newer] = [objectAt(foreignKey()), objectAt(foreignKey())];
    const [second, first] = [await record(newer), await record(older)];
    expect(await arrival(first)).toMatchObject({ source_position: String(older.at.getTime()) });
    const [a, b] = [await claimed(first), await claimed(second)];
    expect([a.sourcePosition, b.sourcePosition]).toEqual([older, newer].map(({ at }) => BigInt(at.getTime())));
    // Ties of other orders go the same way.
    expect(a.arrivalId < b.arrivalId).toBe(true);
    expect(a.arrivalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
  });

  test('of the same moment: the order of recording', async () => {
    const object = objectAt(foreignKey());
    const recorded = [];
    for (let i = 0; i < 20; i += 1) recorded.push((await record({ ...object, key: foreignKey() })).id);
    expect(recorded.toSorted()).toEqual(recorded);
  });

  test('of an upload is the moment it was begun, however long sending took', async () => {
    const upload = await ledger.makeUpload(organization);
    const { rows } = await ledger.superuser.query('SELECT created_at FROM upload WHERE id = $1', [upload.id]);
    const recorded = await record(objectAt(upload.key, { at: new Date(Date.now() + 3_600_000) }));
    expect(await arrival(recorded)).toMatchObject({ object_at: rows[0].created_at });
  });

  test('of an upload is by the clock of the database, whatever that of the process says', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const upload = await ledger.makeUpload(organization).finally(() => vi.useRealTimers());
    const { rows } = await ledger.superuser.query(
      `SELECT abs(extract(epoch FROM created_at - now())) < 60 AS is_now FROM upload WHERE id = $1`,
      [upload.id],
    );
    expect(rows).toEqual([{ is_now: true }]);
  });

  test('of a later version of a key is later, though S3 gives both the same second, or a listing an earlier one', async () => {
    const object = objectAt(foreignKey());
    const places = [];
    let before = {};
    for (const at of [object.at, object.at, new Date(object.at.getTime() - 500)]) {
      const versionId = randomUUID();
      const held = await claimed(await record({ ...object, ...before, versionId, at }));
      before = { previousVersionId: versionId };
      await takeIn(held);
      places.push(held.sourcePosition);
    }
    const began = BigInt(object.at.getTime());
    expect(places).toEqual([began, began + 1n, began + 2n]);
  });

  test('is the date in the name where the dataset says so, and is kept with the arrival', async () => {
    await define({ order: { by: 'name-date' } });
    const recorded = await record(objectAt(`${foreignKey()}/sales-2026-11-21T0930.csv`));
    expect(await arrival(recorded)).toMatchObject({ source_position: null });
    expect(await claimed(recorded)).toMatchObject({ sourcePosition: 20261121093000n });
    expect(await arrival(recorded)).toMatchObject({ source_position: '20261121093000' });
  });

  test('without the date that it needs, a file is refused with that cause', async () => {
    await define({ order: { by: 'name-date' } });
    // The day of the upload stands in its key, and says nothing about the data.
    const upload = await ledger.makeUpload(organization);
    const recorded = await record(objectAt(upload.key));
    expect(await claim(recorded)).toBeUndefined();
    expect(await arrival(recorded)).toMatchObject({ state: 'refused', cause_code: 'no-date-in-name' });
    const { rows } = await ledger.superuser.query('SELECT state, finished_at FROM ingest_run WHERE arrival_id = $1', [
      recorded.id,
    ]);
    expect(rows).toEqual([{ state: 'rejected', finished_at: expect.any(Date) }]);
  });
});

describe('the watermark of a dataset', () => {
  test('is that of the newest file committed, and an older one leaves it', async () => {
    const [older, newer] = [
      await claimed(await record(objectAt(foreignKey()))),
      await claimed(await record(objectAt(foreignKey()))),
    ];
    await takeIn(newer);
    await takeIn(older);
    expect(await watermark()).toEqual({
      watermark_position: String(newer.sourcePosition),
      watermark_arrival_id: newer.arrivalId,
      watermark_at: expect.any(Date),
    });
  });

  test('is never ahead of committed rows: what is rolled back has not moved it', async () => {
    const held = await claimed(await record(objectAt(foreignKey())));
    const merge = inOrganization(ledger.pool, held.organizationId, async (client) => {
      await fenceRun(client, held);
      await moveWatermark(client, held);
      throw new Error('merge failed');
    });
    await expect(merge).rejects.toThrow('merge failed');
    expect(await watermark()).toMatchObject({ watermark_position: null });
  });

  test('files of one date are ordered by their arrival', async () => {
    await define({ order: { by: 'name-date' } });
    const [first, second] = [
      await claimed(await record(objectAt(`${foreignKey()}/20261121.csv`))),
      await claimed(await record(objectAt(`${foreignKey()}/20261121.csv`))),
    ];
    await takeIn(second);
    await takeIn(first);
    expect(await watermark()).toMatchObject({ watermark_arrival_id: second.arrivalId });
  });
});

describe('redriving', () => {
  test.each<[string, RunOutcome]>([
    ['failed', { kind: 'failed', cause: cause('storage-unavailable') }],
    ['refused', { kind: 'refused', cause: cause('too-many-rejects'), counts, checksumSha256: 'c' }],
  ])(
    'a %s file is in line again with all attempts and a new epoch, and nothing of the last run',
    async (_state, outcome) => {
      const recorded = await record(objectAt(foreignKey()));
      const held = await claimed(recorded);
      await ledger.superuser.query(
        `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, code) VALUES ($1, $2, $3, 2, 'required')`,
        [organization.organizationId, held.arrivalId, held.runId],
      );
      await settle(held, outcome);
      expect(await redrive(recorded)).toBe('queued');
      expect(await arrival(recorded)).toMatchObject({
        state: 'queued',
        attempts: 0,
        claim_epoch: '2',
        cause_code: null,
        rows_read: null,
        checksum_sha256: null,
      });
      const { rows } = await ledger.superuser.query('SELECT FROM reject WHERE arrival_id = $1', [recorded.id]);
      expect(rows).toEqual([]);
      const timeline = await ledger.superuser.query(
        `SELECT state, actor_id FROM timeline_entry WHERE arrival_id = $1 AND subject = 'arrival' ORDER BY id DESC LIMIT 1`,
        [recorded.id],
      );
      expect(timeline.rows).toEqual([{ state: 'queued', actor_id: organization.personId }]);
      expect(await claimed(recorded)).toMatchObject({ epoch: '3', attempt: 1 });
    },
  );

  test('the run before is fenced off', async () => {
    const recorded = await record(objectAt(foreignKey()));
    const held = await claimed(recorded);
    await settle(held, { kind: 'failed', cause: cause('internal') });
    await redrive(recorded);
    await expect(takeIn(held)).rejects.toMatchObject({ code: 'claim-lost' });
  });

  test('an unexpected version that a person looked at', async () => {
    const upload = await ledger.makeUpload(organization);
    await record(objectAt(upload.key));
    const surplus = await record(objectAt(upload.key));
    expect(surplus.state).toBe('quarantined');
    expect(await redrive(surplus)).toBe('queued');
  });

  test.each<FileErrorCode>([
    'empty-file',
    'size-mismatch',
    'checksum-mismatch',
    'upload-cancelled',
    'object-deleted',
    'damaged-encryption',
    'damaged-compression',
    'newer-taken-in',
  ])('what was refused as %s stays: no setting changes the bytes', async (code) => {
    const recorded = await record(objectAt(foreignKey()));
    await settle(await claimed(recorded), { kind: 'refused', cause: cause(code) });
    expect(await redrive(recorded)).toBe('not-redrivable');
  });

  test.each<[string, RunOutcome | undefined]>([
    ['taken in', { kind: 'taken_in', counts, checksumSha256: 'c' }],
    ['skipped for its content', { kind: 'same_content' }],
    ['stale', { kind: 'stale', counts, checksumSha256: 'c' }],
    ['superseded', { kind: 'superseded', cause: cause('object-superseded') }],
    ['running', undefined],
  ])('what is %s stays', async (_what, outcome) => {
    const recorded = await record(objectAt(foreignKey()));
    const held = await claimed(recorded);
    if (outcome) await settle(held, outcome);
    expect(await redrive(recorded)).toBe('not-redrivable');
  });

  test("another organization's file is answered as one that is nowhere", async () => {
    const other = await ledger.makeOrganization();
    const recorded = await record(objectAt(keyIn(other)));
    await settle(await claimed(recorded), { kind: 'failed', cause: cause('internal') });
    expect(await redrive(recorded)).toBe('not-found');
    expect(await redrive({ id: randomUUID() })).toBe('not-found');
    expect(await redriveFailed()).toBe(0);
    expect(await arrival(recorded)).toMatchObject({ state: 'failed' });
  });

  test('a refused file keeps its place: what newer ones say stands', async () => {
    const [older, newer] = [await record(objectAt(foreignKey())), await record(objectAt(foreignKey()))];
    await settle(await claimed(older), { kind: 'refused', cause: cause('not-csv') });
    const merged = await claimed(newer);
    await takeIn(merged);
    expect(await redrive(older)).toBe('queued');
    expect((await claimed(older)).sourcePosition).toBeLessThan(merged.sourcePosition);
  });

  test('all failed ones, oldest first, at most so many at a time', async () => {
    const failed = await Promise.all(Array.from({ length: 5 }, () => record(objectAt(foreignKey()))));
    for (const one of failed) await settle(await claimed(one), { kind: 'failed', cause: cause('internal') });
    const refused = await record(objectAt(foreignKey()));
    await settle(await claimed(refused), { kind: 'refused', cause: cause('not-csv') });
    expect(await redriveFailed(randomUUID())).toBe(0);
    expect(await redriveFailed(organization.datasetId, 3)).toBe(3);
    const { rows } = await ledger.superuser.query<{ state: string }>(
      'SELECT state FROM arrival WHERE dataset_id = $1 ORDER BY position',
      [organization.datasetId],
    );
    expect(rows.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued', 'failed', 'failed', 'refused']);
    expect(await redriveFailed()).toBe(2);
    expect(await redriveFailed()).toBe(0);
  });
});

describe('what fitted no dataset', () => {
  test('gets in line when there is one, at the place it had', async () => {
    const slug = `later-${randomUUID().slice(0, 8)}`;
    const key = `incoming/${organization.organizationId}/${slug}/a.csv`;
    const stray = await record(objectAt(key));
    const nobody = await record(objectAt(`incoming/nobody/${slug}/a.csv`));
    expect(stray.state).toBe('unrouted');
    expect(await routeArrivals(ledger.pool, 10)).toBe(0);
    const first = await record(objectAt(foreignKey()));
    await ledger.superuser.query('UPDATE dataset SET slug = $2 WHERE id = $1', [organization.datasetId, slug]);
    expect(await routeArrivals(ledger.pool, 10)).toBe(1);
    expect(await arrival(stray)).toMatchObject({
      state: 'queued',
      organization_id: organization.organizationId,
      dataset_id: organization.datasetId,
    });
    expect((await claimed(stray)).sourcePosition).toBeLessThan((await claimed(first)).sourcePosition);
    expect(await arrival(nobody)).toMatchObject({ state: 'unrouted', organization_id: null });
  });
});

test('a cancelled upload whose object arrived stays refused', async () => {
  const upload = await ledger.makeUpload(organization);
  await ledger.app.inOrganization(organization, (transaction) =>
    setUploadState(transaction, upload.id, { state: 'aborted' }),
  );
  expect(await redrive(await record(objectAt(upload.key)))).toBe('not-redrivable');
});

/** As another S3 client would name it. */
function foreignKey(): string {
  return `incoming/${organization.organizationId}/${organization.datasetSlug}/${randomUUID()}`;
}

async function define(changes: Partial<TableDefinition>): Promise<void> {
  await ledger.superuser.query('UPDATE dataset SET definition = definition || $2 WHERE id = $1', [
    organization.datasetId,
    changes,
  ]);
}

function record(object: ArrivedObject) {
  return recordArrival(ledger.pool, object);
}

function claim({ id }: { id: string }): Promise<Claim | undefined> {
  return claimArrival(ledger.pool, {
    arrivalId: id,
    runId: randomUUID(),
    worker: 'w',
    claimSeconds: 60,
    mostAttempts: 5,
  });
}

async function claimed(recorded: { id: string }): Promise<Claim> {
  const held = await claim(recorded);
  if (!held) throw new Error('expected a claim');
  return held;
}

function settle(held: Claim, outcome: RunOutcome): Promise<void> {
  return inOrganization(ledger.pool, held.organizationId, async (client) => {
    await fenceRun(client, held);
    await settleRun(client, held, outcome);
    if (outcome.kind === 'taken_in') await moveWatermark(client, held);
  });
}

function takeIn(held: Claim): Promise<void> {
  return settle(held, { kind: 'taken_in', counts, checksumSha256: randomUUID() });
}

function redrive({ id }: { id: string }): Promise<string> {
  return ledger.app.inOrganization(organization, async (transaction) => {
    const [row] = await transaction.$queryRaw<{ answer: string }[]>`SELECT redrive_arrival(${id}::uuid) AS answer`;
    return row?.answer ?? '';
  });
}

function redriveFailed(datasetId: string | null = null, most = 100): Promise<number> {
  return ledger.app.inOrganization(organization, async (transaction) => {
    const [row] = await transaction.$queryRaw<{ count: number }[]>`
      SELECT redrive_failed(${datasetId}::uuid, ${most}::int) AS count`;
    return row?.count ?? -1;
  });
}

function cause(code: FileErrorCode) {
  return { code, details: {} };
}

async function arrival({ id }: { id: string }) {
  return (await ledger.superuser.query('SELECT * FROM arrival WHERE id = $1', [id])).rows[0];
}

async function states(key: string): Promise<string[]> {
  const { rows } = await ledger.superuser.query<{ state: string }>(
    'SELECT state FROM arrival WHERE key = $1 ORDER BY position',
    [key],
  );
  return rows.map(({ state }) => state);
}

async function runsOf({ id }: { id: string }): Promise<number> {
  return (await ledger.superuser.query('SELECT FROM ingest_run WHERE arrival_id = $1', [id])).rowCount ?? 0;
}

async function watermark() {
  const { rows } = await ledger.superuser.query(
    'SELECT watermark_position, watermark_arrival_id, watermark_at FROM dataset WHERE id = $1',
    [organization.datasetId],
  );
  return rows[0];
}

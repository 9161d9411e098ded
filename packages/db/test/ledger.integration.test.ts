import { randomUUID } from 'node:crypto';
import { type ArrivalState, arrivalState, type FileErrorCode, type RowCounts } from '@hikyaku/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUploadState } from '../src/index.ts';
import {
  advanceRun,
  type Claim,
  claimArrival,
  expireUploads,
  fenceRun,
  inOrganization,
  listDueArrivals,
  listOrphanStagingTables,
  readOutcome,
  recordArrival,
  type RecordedArrival,
  type RunOutcome,
  settleRun,
  withdrawClaim,
} from '../src/ledger/index.ts';
import { bucket, keyIn, type LedgerOrganization, objectAt, testLedger, type TestLedger } from './test-ledger.ts';

const claimLost = { code: 'claim-lost' };
const counts: RowCounts = { read: 6, inserted: 1, updated: 1, unchanged: 1, repeated: 1, rejected: 2, deleted: 3 };

let ledger: TestLedger;
let organization: LedgerOrganization;

beforeAll(async () => {
  ledger = await testLedger({ maxConnections: 40 });
  organization = await ledger.makeOrganization();
});
afterAll(() => ledger.close());

describe('recording an arrival', () => {
  test('the same object announced 64 times at once is one row, and new to one caller', async () => {
    const upload = await ledger.makeUpload(organization);
    for (const key of [upload.key, keyIn(organization), `incoming/nobody/${randomUUID()}`]) {
      const object = objectAt(key);
      const answers = await Promise.all(Array.from({ length: 64 }, () => recordArrival(ledger.pool, object)));
      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(await arrivalsOf(key)).toHaveLength(1);
    }
  });

  test('announced again after it was taken in, it stays taken in', async () => {
    const { arrival, object } = await makeArrival();
    await settle(await claim(arrival), { kind: 'taken_in', counts, checksumSha256: 'c' });
    expect(await recordArrival(ledger.pool, object)).toEqual({ ...arrival, state: 'taken_in', isNew: false });
  });

  test('without versions two contents under one key are two objects, and the same content is one', async () => {
    const key = keyIn(organization);
    const [first, second] = [objectAt(key, { versionId: 'null' }), objectAt(key, { versionId: 'null' })];
    await recordArrival(ledger.pool, first);
    expect(await recordArrival(ledger.pool, second)).toMatchObject({ isNew: true });
    expect(await recordArrival(ledger.pool, first)).toMatchObject({ isNew: false });
  });

  test('an object without a version id or an ETag is refused instead of being recorded as any', async () => {
    for (const changes of [{ versionId: '' }, { etag: '' }]) {
      await expect(recordArrival(ledger.pool, objectAt(keyIn(organization), changes))).rejects.toMatchObject({
        code: '23514',
      });
    }
  });

  test.each([
    [
      'an organization that is not there',
      () => `incoming/${randomUUID()}/data/2026/11/21/${randomUUID()}/a.csv`,
      'no-organization',
    ],
    [
      'a dataset that is not there',
      () => `incoming/${organization.organizationId}/none/2026/11/21/${randomUUID()}/a.csv`,
      'no-dataset',
    ],
    ['no organization', () => 'incoming/a.csv', 'no-organization'],
    ['an upper-case organization', () => keyIn(organization).toUpperCase(), 'no-organization'],
    ['another root', () => keyIn(organization).replace('incoming/', 'outgoing/'), 'no-organization'],
    ['empty segments', () => 'incoming////', 'no-organization'],
    ['dots', () => `incoming/../${organization.organizationId}/${organization.datasetSlug}/a.csv`, 'no-organization'],
    ['SQL', () => `incoming/'; DROP TABLE arrival; --/a.csv`, 'no-organization'],
    ['1,024 bytes', () => `incoming/${'x'.repeat(1_015)}`, 'no-organization'],
    ['kanji', () => `incoming/${'漢'.repeat(338)}`, 'no-organization'],
  ])("a key that names %s is unrouted with its cause, and is nobody's", async (_name, makeKey, cause) => {
    const key = makeKey();
    const arrival = await recordArrival(ledger.pool, objectAt(key));
    expect(arrival).toMatchObject({ organizationId: null, state: 'unrouted', isNew: true });
    expect(await arrivalsOf(key)).toMatchObject([{ dataset_id: null, upload_id: null, cause_code: cause }]);
  });

  test.each([
    [
      '1,024 bytes',
      () => {
        const key = `incoming/${organization.organizationId}/${organization.datasetSlug}/`;
        return key + 'x'.repeat(1_024 - key.length);
      },
    ],
    ['kanji', () => `incoming/${organization.organizationId}/${organization.datasetSlug}/${'漢字'.repeat(150)}.csv`],
    ['a name like ours', () => keyIn(organization)],
  ])('a key of %s that a foreign client put is routed', async (_name, makeKey) => {
    const key = makeKey();
    const arrival = await recordArrival(ledger.pool, objectAt(key));
    expect(arrival).toMatchObject({ organizationId: organization.organizationId, state: 'queued' });
    expect(await arrivalsOf(key)).toMatchObject([{ dataset_id: organization.datasetId, upload_id: null }]);
  });

  test("another organization's upload id in a key gives no claim to that upload", async () => {
    const other = await ledger.makeOrganization();
    const upload = await ledger.makeUpload(other);
    const key = keyIn(organization, upload.id);
    await recordArrival(ledger.pool, objectAt(key));
    expect(await arrivalsOf(key)).toMatchObject([{ organization_id: organization.organizationId, upload_id: null }]);
    expect(await uploadState(upload.id)).toMatchObject({ state: 'created' });
  });

  test('the first version of an upload settles it; a second is quarantined, audited and leaves the upload alone', async () => {
    const upload = await ledger.makeUpload(organization);
    const [first, second] = [objectAt(upload.key), objectAt(upload.key)];
    expect(await recordArrival(ledger.pool, first)).toMatchObject({ state: 'queued' });
    const settled = await uploadState(upload.id);
    expect(settled).toMatchObject({ state: 'stored', version_id: first.versionId, etag: first.etag });

    const surplus = await recordArrival(ledger.pool, second);
    expect(surplus).toMatchObject({ state: 'quarantined', isNew: true });
    expect((await arrivalsOf(upload.key)).map((row) => [row.state, row.upload_id, row.cause_code])).toEqual([
      ['queued', upload.id, null],
      ['quarantined', null, 'unexpected-version'],
    ]);
    expect(await uploadState(upload.id)).toEqual(settled);
    const audit = await ledger.superuser.query(
      'SELECT action, organization_id FROM audit_event WHERE subject_id = $1',
      [surplus.id],
    );
    expect(audit.rows).toEqual([{ action: 'arrival.quarantine', organization_id: organization.organizationId }]);
    expect(await claimOnce(surplus)).toBeUndefined();
  });

  test.each([
    ['other than announced', 100, 99, 'size-mismatch', { expected: 100, found: 99 }],
    ['of 0 bytes', 0, 0, 'empty-file', null],
  ])('an object with a size %s is refused with the cause', async (_name, planned, found, cause, details) => {
    const upload = await ledger.makeUpload(organization, planned);
    expect(await recordArrival(ledger.pool, objectAt(upload.key, { sizeBytes: found }))).toMatchObject({
      state: 'refused',
    });
    expect(await arrivalsOf(upload.key)).toMatchObject([{ cause_code: cause, cause_details: details }]);
  });

  test('bytes that come after a cancel are recorded and refused, and the upload stays cancelled', async () => {
    const upload = await ledger.makeUpload(organization);
    await ledger.app.inOrganization(organization, (transaction) =>
      setUploadState(transaction, upload.id, { state: 'aborted' }),
    );
    expect(await recordArrival(ledger.pool, objectAt(upload.key))).toMatchObject({ state: 'refused' });
    expect(await arrivalsOf(upload.key)).toMatchObject([{ cause_code: 'upload-cancelled', upload_id: upload.id }]);
    expect(await uploadState(upload.id)).toMatchObject({ state: 'aborted' });
  });

  test('an upload that was refused for its size is not called stored by a late event', async () => {
    const upload = await ledger.makeUpload(organization);
    await ledger.app.inOrganization(organization, (transaction) =>
      setUploadState(transaction, upload.id, { state: 'refused', causeCode: 'size-mismatch' }),
    );
    await recordArrival(ledger.pool, objectAt(upload.key, { sizeBytes: 1 }));
    expect(await uploadState(upload.id)).toMatchObject({ state: 'refused' });
  });

  test('a cancel and an arrival at the same time end in one truth', async () => {
    for (let round = 0; round < 20; round += 1) {
      const upload = await ledger.makeUpload(organization);
      const [aborted] = await Promise.all([
        ledger.app.inOrganization(organization, (transaction) =>
          setUploadState(transaction, upload.id, { state: 'aborted' }),
        ),
        recordArrival(ledger.pool, objectAt(upload.key)),
      ]);
      const [arrival] = await arrivalsOf(upload.key);
      const { state } = await uploadState(upload.id);
      expect([state, arrival?.state]).toEqual(aborted ? ['aborted', 'refused'] : ['stored', 'queued']);
    }
  });
});

describe('claiming', () => {
  test('32 workers at once: one gets it', async () => {
    const { arrival } = await makeArrival();
    const claims = await Promise.all(Array.from({ length: 32 }, () => claimOnce(arrival)));
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
    const { rows } = await ledger.superuser.query('SELECT attempts, claim_epoch FROM arrival WHERE id = $1', [
      arrival.id,
    ]);
    expect(rows).toEqual([{ attempts: 1, claim_epoch: '1' }]);
  });

  test('a claim that ran out is taken over by one, and who held it is fenced off', async () => {
    const { arrival } = await makeArrival();
    const stale = await claim(arrival);
    expect(await claimOnce(arrival)).toBeUndefined();
    await expireClaim(stale);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOnce(arrival)));
    const fresh = claims.find((one) => one !== undefined);
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
    expect(fresh).toMatchObject({ attempt: 2, epoch: '2' });

    expect(await runState(stale)).toMatchObject({ state: 'released', cause_code: 'claim-lost' });
    await expect(fence(stale)).rejects.toMatchObject(claimLost);
    await expect(advanceRun(ledger.pool, stale, { claimSeconds: 60 })).rejects.toMatchObject(claimLost);
    await expect(settle(stale, { kind: 'taken_in', counts, checksumSha256: 'c' })).rejects.toMatchObject(claimLost);
    expect(await readOutcome(ledger.pool, stale)).toBe('running');
  });

  test('a renewed claim is not taken over', async () => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival, { claimSeconds: 0 });
    await advanceRun(ledger.pool, held, { claimSeconds: 60, state: 'loading', rowsSoFar: 5, bytesSoFar: 7 });
    expect(await claimOnce(arrival)).toBeUndefined();
    expect(await runState(held)).toMatchObject({ state: 'loading', rows_so_far: '5', bytes_so_far: '7' });
  });

  test('while one settles the arrival nobody can take it over, though its claim ran out', async () => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival);
    await inOrganization(ledger.pool, organization.organizationId, async (client) => {
      await fenceRun(client, held);
      await expireClaim(held);
      expect(await claimOnce(arrival)).toBeUndefined();
      await settleRun(client, held, { kind: 'taken_in', counts, checksumSha256: 'c' });
    });
    expect(await readOutcome(ledger.pool, held)).toBe('taken_in');
  });

  test('an arrival that waits for its time is left alone until then', async () => {
    const { arrival } = await makeArrival();
    await settle(await claim(arrival), { kind: 'retry', cause: cause('storage-unavailable'), delaySeconds: 60 });
    expect(await claimOnce(arrival)).toBeUndefined();
    await becomeDue(arrival);
    expect(await claimOnce(arrival)).toMatchObject({ attempt: 2 });
  });

  test('a run that dies without a word each time is failed after the last attempt', async () => {
    const { arrival } = await makeArrival();
    for (let attempt = 1; attempt <= 2; attempt += 1) await expireClaim(await claim(arrival, { mostAttempts: 2 }));
    expect(await claimOnce(arrival, { mostAttempts: 2 })).toBeUndefined();
    expect(await arrivalById(arrival)).toMatchObject({
      state: 'failed',
      cause_code: 'too-many-attempts',
      cause_details: { attempts: 2 },
    });
  });

  test('what is settled, unrouted or not there is never claimed', async () => {
    const { arrival } = await makeArrival();
    await settle(await claim(arrival), { kind: 'refused', cause: cause('not-csv') });
    const unrouted = await recordArrival(ledger.pool, objectAt(`incoming/nobody/${randomUUID()}`));
    for (const id of [arrival.id, unrouted.id, randomUUID()]) expect(await claimOnce({ id })).toBeUndefined();
  });

  test('a claim tells all that a run needs', async () => {
    const { arrival, object } = await makeArrival();
    const { bucket: inBucket, key, versionId, etag, sizeBytes } = object;
    expect(await claim(arrival)).toMatchObject({
      arrivalId: arrival.id,
      organizationId: organization.organizationId,
      epoch: '1',
      attempt: 1,
      object: { bucket: inBucket, key, versionId, etag, sizeBytes },
      dataset: { id: organization.datasetId, slug: organization.datasetSlug },
      timeZone: 'Asia/Tokyo',
    });
  });
});

describe('a claim that a living worker lost', () => {
  test('is no try: in line again, later each time, an hour at most', async () => {
    const { arrival } = await makeArrival();
    for (const seconds of [60, 120, 240, 480, 960, 1_920, 3_600, 3_600]) {
      const held = await claim(arrival, { mostAttempts: 1 });
      await withdraw(held);
      await withdraw(held);
      expect(await arrivalById(arrival)).toMatchObject({ state: 'queued', attempts: 0, cause_code: 'claim-lost' });
      expect(await runState(held)).toMatchObject({ state: 'released', cause_code: 'claim-lost' });
      expect(Math.abs((await waitSeconds(arrival)) - seconds)).toBeLessThanOrEqual(5);
      await becomeDue(arrival);
    }
    expect(await claim(arrival, { mostAttempts: 1 })).toMatchObject({ attempt: 1 });
  });

  test('is no try where another has taken over, whose claim stays', async () => {
    const { arrival } = await makeArrival();
    const stale = await claim(arrival);
    await expireClaim(stale);
    const fresh = await claim(arrival);
    expect(await arrivalById(arrival)).toMatchObject({ attempts: 2 });
    await withdraw(stale);
    await withdraw(stale);
    expect(await arrivalById(arrival)).toMatchObject({ state: 'running', attempts: 1, claim_epoch: fresh.epoch });
    await settle(fresh, { kind: 'taken_in', counts, checksumSha256: 'c' });
  });

  test('brings a file back that was given up because its worker seemed to die', async () => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival, { mostAttempts: 1 });
    await expireClaim(held);
    expect(await claimOnce(arrival, { mostAttempts: 1 })).toBeUndefined();
    expect(await arrivalById(arrival)).toMatchObject({ state: 'failed' });
    await withdraw(held);
    // Another epoch, that is another job: the one that gave it up may still be in the queue.
    expect(await arrivalById(arrival)).toMatchObject({ state: 'queued', attempts: 0, claim_epoch: '2' });
  });

  test.each<[string, RunOutcome]>([
    ['taken in', { kind: 'taken_in', counts, checksumSha256: 'c' }],
    ['to be tried again', { kind: 'retry', cause: cause('storage-unavailable'), delaySeconds: 30 }],
    ['failed for a reason', { kind: 'failed', cause: cause('storage-unavailable') }],
    ['given back', { kind: 'released', cause: cause('stopped') }],
  ])('changes nothing of a file that its run left %s', async (_what, outcome) => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival);
    await settle(held, outcome);
    const before = [await arrivalById(arrival), await runState(held)];
    await withdraw(held);
    expect([await arrivalById(arrival), await runState(held)]).toEqual(before);
  });

  test('or never got is nothing', async () => {
    await withdrawClaim(ledger.pool, randomUUID(), { retrySeconds: 60 });
  });
});

describe('settling a run', () => {
  test.each<[RunOutcome, string, string, number]>([
    [{ kind: 'taken_in', counts, checksumSha256: 'c' }, 'taken_in', 'committed', 1],
    [{ kind: 'refused', cause: cause('not-csv'), counts, checksumSha256: 'c' }, 'refused', 'rejected', 1],
    [{ kind: 'retry', cause: cause('storage-unavailable'), delaySeconds: 30 }, 'queued', 'failed', 1],
    [{ kind: 'released', cause: cause('stopped') }, 'queued', 'released', 0],
    [{ kind: 'failed', cause: cause('too-many-attempts') }, 'failed', 'failed', 1],
    [{ kind: 'same_content', checksumSha256: 'c' }, 'same_content', 'skipped', 1],
    [{ kind: 'stale', counts, checksumSha256: 'c' }, 'stale', 'skipped', 1],
    [{ kind: 'superseded', cause: cause('object-superseded') }, 'superseded', 'skipped', 1],
  ])(
    'as $kind leaves arrival, run and count of attempts as told',
    async (outcome, arrivalBecomes, runBecomes, attempts) => {
      const { arrival } = await makeArrival();
      const held = await claim(arrival);
      await settle(held, outcome);
      const row = await arrivalById(arrival);
      expect(row).toMatchObject({
        state: arrivalBecomes,
        attempts,
        cause_code: 'cause' in outcome ? outcome.cause.code : null,
      });
      expect(await runState(held)).toMatchObject({ state: runBecomes });
      expect((await runState(held)).finished_at).not.toBeNull();
      if ('counts' in outcome) {
        const { rows_read, rows_inserted, rows_updated, rows_unchanged, rows_repeated, rows_rejected } = row;
        expect([rows_read, rows_inserted, rows_updated, rows_unchanged, rows_repeated, rows_rejected]).toEqual([
          '6',
          '1',
          '1',
          '1',
          '1',
          '2',
        ]);
      }
      expect(row.not_before === null).toBe(outcome.kind !== 'retry');
    },
  );

  test('a released arrival can be had again at once', async () => {
    const { arrival } = await makeArrival();
    await settle(await claim(arrival), { kind: 'released', cause: cause('stopped') });
    expect(await claimOnce(arrival)).toMatchObject({ attempt: 1, epoch: '2' });
  });
});

describe('states of an arrival', () => {
  const mayBecome: Record<ArrivalState, ArrivalState[]> = {
    recorded: ['waiting', 'queued', 'stored', 'refused', 'quarantined', 'unrouted'],
    waiting: ['queued', 'stored', 'superseded', 'refused', 'quarantined', 'failed'],
    queued: ['running', 'duplicate', 'same_content', 'superseded', 'refused', 'quarantined', 'failed'],
    running: [
      'waiting',
      'queued',
      'taken_in',
      'stored',
      'same_content',
      'stale',
      'superseded',
      'refused',
      'quarantined',
      'failed',
    ],
    taken_in: [],
    stored: [],
    duplicate: [],
    same_content: [],
    stale: [],
    superseded: [],
    refused: ['queued'],
    quarantined: ['queued', 'refused'],
    unrouted: ['queued', 'stored'],
    failed: ['queued'],
  };

  test.each(arrivalState.options)('from %s it goes where it may and nowhere else', async (was) => {
    for (const becomes of arrivalState.options.filter((state) => state !== was)) {
      const change = moveTo(was, becomes);
      if (mayBecome[was].includes(becomes)) await change;
      else await expect(change, `${was} to ${becomes}`).rejects.toMatchObject({ code: '23514' });
    }
  });

  test('every transition of upload, arrival and run stands in the timeline, in its order, with cause and attempt', async () => {
    const upload = await ledger.makeUpload(organization);
    const arrival = await recordArrival(ledger.pool, objectAt(upload.key));
    await settle(await claim(arrival), { kind: 'retry', cause: cause('storage-unavailable'), delaySeconds: 0 });
    const second = await claim(arrival);
    for (const state of ['loading', 'validating', 'merging'] as const) {
      await advanceRun(ledger.pool, second, { claimSeconds: 60, state });
    }
    await settle(second, { kind: 'taken_in', counts, checksumSha256: 'c' });
    const { rows } = await ledger.superuser.query(
      `SELECT concat_ws(' ', subject, state, attempt, cause_code) AS line FROM timeline_entry WHERE upload_id = $1 ORDER BY id`,
      [upload.id],
    );
    expect(rows.map(({ line }) => line)).toEqual([
      'upload created',
      'arrival recorded',
      'upload stored',
      'arrival queued',
      'arrival running 1',
      'run claimed 1',
      'run failed 1 storage-unavailable',
      'arrival queued 1 storage-unavailable',
      'arrival running 2',
      'run claimed 2',
      'run loading 2',
      'run validating 2',
      'run merging 2',
      'run committed 2',
      'arrival taken_in 2',
    ]);
  });

  test('progress without a change of state is no entry', async () => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival);
    const before = await countTimeline(arrival);
    await advanceRun(ledger.pool, held, { claimSeconds: 60, rowsSoFar: 10 });
    expect(await countTimeline(arrival)).toBe(before);
  });

  test('entries tell the time of the clock, also within one long transaction', async () => {
    const { arrival } = await makeArrival();
    const held = await claim(arrival);
    await inOrganization(ledger.pool, organization.organizationId, async (client) => {
      await client.query(`UPDATE ingest_run SET state = 'merging' WHERE id = $1`, [held.runId]);
      await client.query('SELECT pg_sleep(0.3)');
      await settleRun(client, held, { kind: 'taken_in', counts, checksumSha256: 'c' });
    });
    const { rows } = await ledger.superuser.query<{ milliseconds: number }>(
      `SELECT (extract(epoch FROM max(at) - min(at)) * 1000)::int AS milliseconds FROM timeline_entry
        WHERE ingest_run_id = $1 AND state IN ('merging', 'committed')`,
      [held.runId],
    );
    expect(rows[0]?.milliseconds).toBeGreaterThanOrEqual(300);
  });
});

describe('sweeping', () => {
  test('what should move and does not is due: forgotten, waited long enough, or its worker died', async () => {
    const [forgotten, fresh, waiting, ready, held, dead, done] = await Promise.all(
      Array.from({ length: 7 }, () => makeArrival()),
    );
    const set = (one: typeof forgotten, change: string) =>
      ledger.superuser.query(`UPDATE arrival SET ${change} WHERE id = $1`, [one?.arrival.id]);
    await set(forgotten, `state_changed_at = now() - interval '6 seconds'`);
    await set(waiting, `not_before = now() + interval '1 minute', state_changed_at = now() - interval '1 hour'`);
    await set(ready, `not_before = now() - interval '1 second'`);
    await claim(defined(held).arrival);
    await expireClaim(await claim(defined(dead).arrival));
    await settle(await claim(defined(done).arrival), { kind: 'taken_in', counts, checksumSha256: 'c' });

    const due = await listDueArrivals(ledger.pool, 10_000);
    const isDue = (one: typeof forgotten) => due.some(({ arrivalId }) => arrivalId === one?.arrival.id);
    expect([forgotten, fresh, waiting, ready, held, dead, done].map(isDue)).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(due.find(({ arrivalId }) => arrivalId === dead?.arrival.id)?.claimEpoch).toBe('1');
    expect(await listDueArrivals(ledger.pool, 1)).toHaveLength(1);
  });

  test('uploads whose URLs are dead expire, and a late object revives them', async () => {
    const [dead, alive] = [await ledger.makeUpload(organization), await ledger.makeUpload(organization)];
    await ledger.superuser.query(`UPDATE upload SET expires_at = now() - interval '2 hours' WHERE id = $1`, [dead.id]);
    expect(await expireUploads(ledger.pool)).toBe(1);
    expect(await uploadState(dead.id)).toMatchObject({ state: 'expired' });
    expect(await uploadState(alive.id)).toMatchObject({ state: 'created' });
    expect(await recordArrival(ledger.pool, objectAt(dead.key))).toMatchObject({ state: 'queued' });
    expect(await uploadState(dead.id)).toMatchObject({ state: 'stored' });
  });

  test('staging tables of runs that are over are found, and none of a run that goes on', async () => {
    const [goesOn, over] = [await claim((await makeArrival()).arrival), await claim((await makeArrival()).arrival)];
    const { schema } = goesOn.target;
    for (const { stagingTable } of [goesOn, over])
      await ledger.superuser.query(`CREATE TABLE ${schema}.${stagingTable} ()`);
    await ledger.superuser.query(`CREATE TABLE ${schema}.target ()`);
    await settle(over, { kind: 'taken_in', counts, checksumSha256: 'c' });
    expect(await listOrphanStagingTables(ledger.pool)).toEqual([{ schema, table: over.stagingTable }]);
  });
});

async function makeArrival(inside: LedgerOrganization = organization) {
  const object = objectAt(keyIn(inside));
  return { object, arrival: await recordArrival(ledger.pool, object) };
}

function claimOnce(
  arrival: { id: string },
  options: { claimSeconds?: number; mostAttempts?: number } = {},
): Promise<Claim | undefined> {
  const { claimSeconds = 60, mostAttempts = 5 } = options;
  return claimArrival(ledger.pool, {
    arrivalId: arrival.id,
    runId: randomUUID(),
    worker: 'w',
    claimSeconds,
    mostAttempts,
  });
}

async function claim(arrival: { id: string }, options?: Parameters<typeof claimOnce>[1]): Promise<Claim> {
  return defined(await claimOnce(arrival, options));
}

function settle(held: Claim, outcome: RunOutcome): Promise<void> {
  return inOrganization(ledger.pool, held.organizationId, async (client) => {
    await fenceRun(client, held);
    await settleRun(client, held, outcome);
  });
}

function fence(held: Claim): Promise<void> {
  return inOrganization(ledger.pool, held.organizationId, (client) => fenceRun(client, held));
}

async function expireClaim(held: Claim): Promise<void> {
  await ledger.superuser.query(`UPDATE ingest_run SET claim_expires_at = now() - interval '1 second' WHERE id = $1`, [
    held.runId,
  ]);
}

function cause(code: FileErrorCode) {
  return { code, details: {} };
}

async function arrivalsOf(key: string) {
  const { rows } = await ledger.superuser.query(
    'SELECT * FROM arrival WHERE bucket = $1 AND key = $2 ORDER BY position',
    [bucket, key],
  );
  return rows;
}

async function arrivalById({ id }: Pick<RecordedArrival, 'id'>) {
  return (await ledger.superuser.query('SELECT * FROM arrival WHERE id = $1', [id])).rows[0];
}

function withdraw(held: Claim) {
  return withdrawClaim(ledger.pool, held.runId, { retrySeconds: 60 });
}

async function waitSeconds({ id }: Pick<RecordedArrival, 'id'>): Promise<number> {
  const { rows } = await ledger.superuser.query(
    'SELECT round(extract(epoch FROM not_before - now()))::int AS seconds FROM arrival WHERE id = $1',
    [id],
  );
  return rows[0].seconds;
}

async function becomeDue({ id }: Pick<RecordedArrival, 'id'>): Promise<void> {
  // Rounded to milliseconds, now itself may lie ahead.
  await ledger.superuser.query(`UPDATE arrival SET not_before = now() - interval '1 second' WHERE id = $1`, [id]);
}

async function runState({ runId }: Claim) {
  return (await ledger.superuser.query('SELECT * FROM ingest_run WHERE id = $1', [runId])).rows[0];
}

async function uploadState(id: string) {
  return (await ledger.superuser.query('SELECT state, version_id, etag, settled_at FROM upload WHERE id = $1', [id]))
    .rows[0];
}

async function countTimeline({ id }: RecordedArrival): Promise<number> {
  return (await ledger.superuser.query('SELECT count(*)::int AS n FROM timeline_entry WHERE arrival_id = $1', [id]))
    .rows[0].n;
}

/** An arrival in one state, made past the trigger, then moved under it. */
async function moveTo(was: ArrivalState, becomes: ArrivalState): Promise<void> {
  const id = randomUUID();
  await ledger.superuser.query(
    `INSERT INTO arrival (id, organization_id, dataset_id, state, bucket, key, version_id, etag, object_identity, size_bytes, object_at)
     VALUES ($1, $2, $3, $4::arrival_state, 'b', $5, 'v', 'e', 'v', 1, now())`,
    [id, organization.organizationId, organization.datasetId, was, id],
  );
  await ledger.superuser.query('UPDATE arrival SET state = $2 WHERE id = $1', [id, becomes]);
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected a value');
  return value;
}

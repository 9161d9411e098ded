import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  advanceReconciliation,
  claimReconciliation,
  listUnknownObjects,
  recordArrival,
  releaseReconciliation,
} from '../src/ledger/index.ts';
import { bucket, objectAt, testLedger, type TestLedger } from './test-ledger.ts';

const next = { key: 'incoming/a', versionId: 'v' };
const onePage = { listed: 1_000, found: 1 };

let ledger: TestLedger;
let prefix: string;

beforeAll(async () => {
  ledger = await testLedger();
});
beforeEach(() => {
  prefix = randomUUID();
});
afterAll(() => ledger.close());

const of = (worker: string) => ({ bucket, prefix, worker, claimSeconds: 60 });
const claim = (worker: string, intervalSeconds = 900) =>
  claimReconciliation(ledger.pool, { ...of(worker), intervalSeconds });

test('of many workers at once one gets the listing, from its beginning', async () => {
  const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(`w${index}`)));
  expect(claims.filter((one) => one !== undefined)).toEqual([{ from: undefined }]);
});

test('another worker goes on behind the last page that is done: after a release, or when the claim ran out', async () => {
  await claim('first');
  await advanceReconciliation(ledger.pool, of('first'), { next, ...onePage });
  expect(await claim('second')).toBeUndefined();
  await releaseReconciliation(ledger.pool, of('first'));
  expect(await claim('second')).toEqual({ from: next });
  await ledger.superuser.query(
    `UPDATE reconciliation SET claim_expires_at = now() - interval '1 second' WHERE prefix = $1`,
    [prefix],
  );
  expect(await claim('third')).toEqual({ from: next });
  // Who slept past its claim changes nothing, and is told.
  expect(await advanceReconciliation(ledger.pool, of('second'), { next: undefined, ...onePage })).toBe(false);
  await releaseReconciliation(ledger.pool, of('second'));
  expect(await claim('fourth')).toBeUndefined();
});

test('a pass that failed on its first page has not been one', async () => {
  await claim('first');
  await releaseReconciliation(ledger.pool, of('first'));
  expect(await claim('second')).toEqual({ from: undefined });
});

test('the next pass begins when its time has come, and counts anew', async () => {
  await claim('first');
  await advanceReconciliation(ledger.pool, of('first'), { next, ...onePage });
  await advanceReconciliation(ledger.pool, of('first'), { next: undefined, listed: 5, found: 0 });
  const { rows } = await ledger.superuser.query(
    'SELECT objects_listed, objects_found, finished_at IS NOT NULL AS is_done FROM reconciliation WHERE prefix = $1',
    [prefix],
  );
  expect(rows).toEqual([{ objects_listed: '1005', objects_found: '1', is_done: true }]);
  expect(await claim('second')).toBeUndefined();
  expect(await claim('second', 0)).toEqual({ from: undefined });
  await advanceReconciliation(ledger.pool, of('second'), { next, listed: 7, found: 0 });
  const again = await ledger.superuser.query('SELECT objects_listed FROM reconciliation WHERE prefix = $1', [prefix]);
  expect(again.rows).toEqual([{ objects_listed: '7' }]);
});

test('a page of a thousand is compared at once: what the ledger does not know comes back, in its order', async () => {
  const objects = Array.from({ length: 1_000 }, (_, index) => objectAt(`incoming/nobody/${prefix}/${index}`));
  const unversioned = objectAt(`incoming/nobody/${prefix}/0`, { versionId: 'null' });
  for (const index of [3, 999]) {
    const object = objects[index];
    if (object) await recordArrival(ledger.pool, object);
  }
  await recordArrival(ledger.pool, unversioned);
  expect(await listUnknownObjects(ledger.pool, bucket, objects)).toEqual(
    objects.filter((_, index) => index !== 3 && index !== 999),
  );
  // Without versions it is the ETag that tells one object from the next.
  const replaced = { ...unversioned, etag: 'other' };
  expect(await listUnknownObjects(ledger.pool, bucket, [unversioned, replaced])).toEqual([replaced]);
  expect(await listUnknownObjects(ledger.pool, bucket, [])).toEqual([]);
});

import { createHash, randomUUID } from 'node:crypto';
import { recordArrival } from '@hikyaku/db/ledger';
import {
  judgeReceipt,
  type Receipt,
  receiptFile,
  receiptFileText,
  receiptKeysPath,
  readPublishedKeys,
  type TrustedKeys,
} from '@hikyaku/receipts';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorCodeOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

const bytes = Buffer.from('id,name\n1,a\n');
const digest = (algorithm: 'md5' | 'sha256') => createHash(algorithm).update(bytes).digest('base64');
const own = { md5: digest('md5'), sha256: digest('sha256') };
const inHex = createHash('sha256').update(bytes).digest('hex');
const counts = {
  rows_read: 9,
  rows_inserted: 4,
  rows_updated: 2,
  rows_unchanged: 1,
  rows_repeated: 1,
  rows_rejected: 1,
  rows_deleted: 0,
};

let api: TestApi;
let pool: Pool;
let organization: TestOrganization;
let person: TestPerson;
let client: ApiClient;
let trusted: TrustedKeys;

beforeAll(async () => {
  api = await testApi();
  pool = new Pool({ connectionString: api.database.app, max: 1 });
  organization = await api.makeOrganization();
  person = await api.makeMember(organization, 'uploader');
  client = await api.signIn(person);
  const keys = readPublishedKeys(JSON.parse((await api.visitor().fetch(receiptKeysPath)).body));
  if (!keys) throw new Error('no keys are published');
  trusted = keys;
});

afterAll(async () => {
  await pool.end();
  await api.close();
});

async function send(how: { digest?: typeof own; sizeBytes?: number } = {}): Promise<{ uploadId: string; key: string }> {
  const wanted = { datasetSlug: organization.dataset.slug, fileName: '売上.csv', contentType: 'text/csv' };
  const input = { requestId: randomUUID(), sizeBytes: bytes.length, ...wanted, ...how };
  const { uploadId } = dataOf(await client.mutate('uploads.create', input), z.object({ uploadId: z.uuid() }));
  const { rows } = await api.superuser.query('SELECT key FROM upload WHERE id = $1', [uploadId]);
  return { uploadId, key: z.object({ key: z.string() }).parse(rows[0]).key };
}

/** As the worker leaves it. */
async function settle(arrivalId: string, state: string, columns: Record<string, unknown> = {}): Promise<void> {
  const all = Object.entries({ ...columns, state });
  await api.superuser.query(`UPDATE arrival SET state = 'running' WHERE id = $1 AND state = 'queued'`, [arrivalId]);
  await api.superuser.query(
    `UPDATE arrival SET state_changed_at = clock_timestamp(), ${all.map(([name], at) => `${name} = $${at + 2}`).join(', ')} WHERE id = $1`,
    [arrivalId, ...all.map(([, value]) => value)],
  );
}

async function arrive(key: string, sizeBytes = bytes.length): Promise<string> {
  const object = { bucket: api.account.bucket, key, versionId: randomUUID(), etag: 'e', sizeBytes, at: new Date() };
  return (await recordArrival(pool, object)).id;
}

async function settled(
  state: string,
  columns: Record<string, unknown>,
  how: Parameters<typeof send>[0] = { digest: own },
): Promise<string> {
  const { uploadId, key } = await send(how);
  await settle(await arrive(key, how.sizeBytes), state, columns);
  return uploadId;
}

async function receiptOf(fileId: string, by = client): Promise<Receipt> {
  const file = dataOf(await by.query('files.receipt', { fileId }), receiptFile);
  expect(judgeReceipt(JSON.stringify(file), trusted).verdict).toBe('genuine');
  return file.receipt;
}

const withoutReference = (body = '') => body.replace(/"referenceId":"[^"]*"/, '');

describe('the receipt of a file', () => {
  test('that was taken in says what the ledger says, is genuine by the published keys, and the same each time', async () => {
    const fileId = await settled('taken_in', { ...counts, checksum_sha256: own.sha256 });
    const download = () => client.fetch(`/api/files/${fileId}/receipt.json`);
    const answer = await download();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('売上.csv.receipt.json'));
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const judged = judgeReceipt(answer.body, trusted);
    expect(judged).toMatchObject({
      verdict: 'genuine',
      receipt: {
        issuer: portalUrl,
        organization: { slug: organization.slug, name: organization.name },
        dataset: { slug: organization.dataset.slug },
        file: { id: fileId, name: '売上.csv', sizeBytes: bytes.length, sha256: inHex },
        sender: { name: person.name, sha256: inHex },
        comparison: 'same',
        outcome: 'taken_in',
        cause: null,
        rows: { read: 9, new: 4, changed: 2, unchanged: 1, repeated: 1, refused: 1, deleted: 0 },
      },
    });
    expect((await download()).body).toBe(answer.body);
    const { receipt } = dataOf(await client.query('files.receipt', { fileId }), receiptFile);
    expect(judged).toMatchObject({ receipt });
    expect(receipt.issuedAt).toBe(receipt.settledAt);
    expect([receipt.handedOverAt, receipt.storedAt, receipt.settledAt]).toEqual(
      [receipt.handedOverAt, receipt.storedAt, receipt.settledAt].toSorted(),
    );
    const file = dataOf(await client.query('files.get', { fileId }), z.looseObject({ hasReceipt: z.boolean() }));
    expect(file.hasReceipt).toBe(true);
  });

  test('names no bucket', async () => {
    const fileId = await settled('taken_in', { checksum_sha256: own.sha256 });
    const { body } = await client.fetch(`/api/files/${fileId}/receipt.json`);
    expect(body).not.toContain(api.account.bucket);
    const { signature } = receiptFile.parse(JSON.parse(body));
    expect(Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString()).not.toContain(api.account.bucket);
  });

  const parts = { sizeBytes: 20 * 1024 ** 2 };
  test.each([
    ['told no digest', {}, { checksum_sha256: own.sha256 }, 'nothing-said', inHex],
    ['told those of the parts', parts, { checksum_sha256: own.sha256 }, 'same-parts', inHex],
    [
      'told another',
      { digest: { ...own, sha256: `${'A'.repeat(43)}=` } },
      { checksum_sha256: own.sha256 },
      'different',
      inHex,
    ],
    ['told one that was not looked at', { digest: own }, {}, 'not-compared', null],
    ['told none, of a file that nobody read,', {}, {}, 'not-compared', null],
  ])('whose sender %s says so', async (_, how, columns, comparison, sha256) => {
    expect(await receiptOf(await settled('taken_in', columns, how))).toMatchObject({ comparison, file: { sha256 } });
  });

  test('that was refused says that, and why, in both languages', async () => {
    const cause = { cause_code: 'checksum-mismatch', cause_details: { partNumber: 2 } };
    expect(await receiptOf(await settled('refused', cause))).toMatchObject({
      outcome: 'refused',
      comparison: 'different',
      file: { sha256: null },
      rows: null,
      cause: {
        code: 'checksum-mismatch',
        text: { ja: expect.stringContaining('2番目'), en: expect.stringContaining('part 2') },
      },
    });
  });

  test.each([
    ['same_content', 'already_taken_in'],
    ['stale', 'newer_kept'],
    ['superseded', 'newer_kept'],
    ['stored', 'stored'],
  ])('that ended as %s says %s', async (state, outcome) => {
    expect(await receiptOf(await settled(state, {}))).toMatchObject({ outcome });
  });

  test('that a foreign client put has no sender', async () => {
    const key = `incoming/${organization.id}/${organization.dataset.slug}/nightly.csv`;
    const arrivalId = await arrive(key);
    await settle(arrivalId, 'taken_in', { ...counts, checksum_sha256: own.sha256 });
    const receipt = await receiptOf(arrivalId);
    expect(receipt).toMatchObject({
      sender: { name: null, sha256: null },
      comparison: 'nothing-said',
      file: { name: 'nightly.csv', sha256: inHex },
    });
    expect(receipt.storedAt).toBe(receipt.handedOverAt);
  });

  test.each([
    ['cancelled', `state = 'aborted'`],
    ['expired', `state = 'expired'`],
  ])('that came after its upload was %s was stored when it came, not when that ended', async (_, ended) => {
    const { uploadId, key } = await send({ digest: own });
    await api.superuser.query(
      `UPDATE upload SET ${ended}, created_at = now() - interval '3 days', settled_at = now() - interval '1 day' WHERE id = $1`,
      [uploadId],
    );
    const before = new Date();
    await settle(await arrive(key), 'refused', { cause_code: 'upload-cancelled' });
    expect(Date.parse((await receiptOf(uploadId)).storedAt)).toBeGreaterThanOrEqual(before.getTime() - 5);
  });

  test('was stored when its sender had that confirmed, before anything announced it', async () => {
    const { uploadId, key } = await send({ digest: own });
    await api.superuser.query(`UPDATE upload SET state = 'stored', settled_at = now() WHERE id = $1`, [uploadId]);
    const { rows } = await api.superuser.query(`SELECT settled_at AS at FROM upload WHERE id = $1`, [uploadId]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settle(await arrive(key), 'taken_in', { ...counts, checksum_sha256: own.sha256 });
    const { at } = z.object({ at: z.date() }).parse(rows[0]);
    expect(Math.abs(Date.parse((await receiptOf(uploadId)).storedAt) - at.getTime())).toBeLessThan(10);
  });

  test('of somebody who is no member any more is not said to be from a system', async () => {
    const leaver = await api.makeMember(organization, 'uploader');
    const theirs = await api.signIn(leaver);
    const wanted = { datasetSlug: organization.dataset.slug, fileName: 'a.csv', contentType: 'text/csv', digest: own };
    const input = { requestId: randomUUID(), sizeBytes: bytes.length, ...wanted };
    const { uploadId } = dataOf(await theirs.mutate('uploads.create', input), z.object({ uploadId: z.uuid() }));
    const { rows } = await api.superuser.query('SELECT key FROM upload WHERE id = $1', [uploadId]);
    await settle(await arrive(z.object({ key: z.string() }).parse(rows[0]).key), 'taken_in', counts);
    expect((await receiptOf(uploadId)).sender.name).toBe(leaver.name);
    await api.authDatabase.membership.deleteMany({ where: { personId: leaver.id, organizationId: organization.id } });
    expect((await receiptOf(uploadId)).sender.name).toBe('');
  });

  test('run again has another receipt, and the earlier one stays genuine', async () => {
    const fileId = await settled('refused', { cause_code: 'no-key' });
    const earlier = dataOf(await client.query('files.receipt', { fileId }), receiptFile);
    const { rows } = await api.superuser.query('SELECT id FROM arrival WHERE upload_id = $1', [fileId]);
    const { id } = z.object({ id: z.uuid() }).parse(rows[0]);
    await pool.query('BEGIN');
    await pool.query(`SELECT set_config('hikyaku.organization_id', $1, true)`, [organization.id]);
    await pool.query('SELECT redrive_arrival($1)', [id]);
    await pool.query('COMMIT');
    expect(errorCodeOf(await client.query('files.receipt', { fileId }))).toBe('no-receipt-yet');
    await settle(id, 'taken_in', { ...counts, checksum_sha256: own.sha256, cause_code: null });
    const later = await receiptOf(fileId);
    expect(later.id).not.toBe(earlier.receipt.id);
    expect(later.outcome).toBe('taken_in');
    expect(judgeReceipt(receiptFileText(earlier), trusted).verdict).toBe('genuine');
  });
});

describe('there is no receipt', () => {
  test.each(['queued', 'running', 'failed', 'quarantined'])('of a file that is %s', async (state) => {
    const { uploadId, key } = await send();
    const arrivalId = await arrive(key);
    if (state !== 'queued') await settle(arrivalId, state);
    expect(errorCodeOf(await client.query('files.receipt', { fileId: uploadId }))).toBe('no-receipt-yet');
    const answer = await client.fetch(`/api/files/${uploadId}/receipt.json`);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([409, { code: 'no-receipt-yet' }]);
  });

  test('yet, of one that is still being sent', async () => {
    const { uploadId } = await send();
    expect(errorCodeOf(await client.query('files.receipt', { fileId: uploadId }))).toBe('no-receipt-yet');
  });

  test.each(['aborted', 'expired'])('and will be none, of one whose upload was %s before it arrived', async (state) => {
    const { uploadId } = await send();
    await api.superuser.query(
      `UPDATE upload SET state = $2, created_at = now() - interval '3 days', settled_at = now() WHERE id = $1`,
      [uploadId, state],
    );
    const answer = await client.fetch(`/api/files/${uploadId}/receipt.json`);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([404, { code: 'no-receipt' }]);
  });

  test('for another organization, nor for nobody: as for a file that exists nowhere', async () => {
    const fileId = await settled('taken_in', { checksum_sha256: own.sha256 });
    const stranger = await api.signIn(await api.makeMember(await api.makeOrganization(), 'administrator'));
    const [theirs, none] = await Promise.all(
      [fileId, randomUUID()].map((id) => stranger.fetch(`/api/files/${id}/receipt.json`)),
    );
    expect([theirs?.status, none?.status]).toEqual([404, 404]);
    expect(withoutReference(theirs?.body)).toBe(withoutReference(none?.body));
    expect(errorCodeOf(await stranger.query('files.receipt', { fileId }))).toBe('not-found');
    expect((await api.visitor().fetch(`/api/files/${fileId}/receipt.json`)).status).toBe(401);
  });
});

test('every process of a deployment publishes the same keys, for anybody to keep a while', async () => {
  const other = await api.startAnother({});
  const answers = await Promise.all([api.url, other.url].map((url) => fetch(new URL(receiptKeysPath, url))));
  const [one, another] = await Promise.all(answers.map((answer) => answer.json()));
  expect(one).toEqual(another);
  expect(one).toMatchObject({ issuer: portalUrl, keys: [{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA' }] });
  expect(JSON.stringify(one)).not.toContain('"d"');
  expect(answers[0]?.headers.get('cache-control')).toBe('public, max-age=300');
});

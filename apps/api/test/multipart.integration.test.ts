import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { CompleteMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { expireUploads } from '@hikyaku/db/ledger';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { findObject, listParts } from '@hikyaku/s3-core';
import { createLogger } from '@hikyaku/telemetry';
import type { BodyDigest } from '@hikyaku/types';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startApi } from '../src/start-api.ts';
import { type ApiClient, apiClient, dataOf, errorCodeOf, errorOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';

const put = z.object({ url: z.url(), headers: z.record(z.string(), z.string()), expiresAt: z.iso.datetime() });
type Put = z.infer<typeof put>;
const created = z.object({ uploadId: z.uuid(), method: z.literal('multipart'), partSizeBytes: z.int() });
const createdSingle = z.object({ uploadId: z.uuid(), method: z.literal('single'), put });
const signedParts = z.object({ parts: z.array(z.object({ partNumber: z.int(), put })) });
const stateAnswer = z.object({ state: z.string() });

const partSizeBytes = 16 * 1024 ** 2;
/** Two parts, the second of 1,000 bytes. */
const body = randomBytes(partSizeBytes + 1_000);
const parts = [body.subarray(0, partSizeBytes), body.subarray(partSizeBytes)];
const lastPart = body.subarray(partSizeBytes);
const digests = parts.map(digestOf);

let api: TestApi;
let organization: TestOrganization;
let client: ApiClient;
let owner: S3Client;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  client = await api.signIn(await api.makeMember(organization, 'uploader'));
  const { s3 } = testCloud();
  owner = new S3Client({
    endpoint: s3?.endpoint ?? '',
    region: s3?.region ?? '',
    credentials: { ...api.account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
});
afterAll(async () => {
  owner.destroy();
  await api.close();
});

describe('beginning', () => {
  test.each([
    [partSizeBytes, 'single'],
    [partSizeBytes + 1, 'multipart'],
    [5 * 1024 ** 3, 'multipart'],
  ])('a file of %i bytes goes as %s', async (sizeBytes, method) => {
    expect(dataOf(await begin({ sizeBytes }), z.looseObject({ method: z.string() })).method).toBe(method);
  });

  test('has S3 begin an upload under the planned key, with its type, and writes the plan down', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const row = await uploadRow(uploadId);
    expect(row).toMatchObject({ state: 'created', part_size_bytes: String(partSizeBytes) });
    expect(await multipartUploadsOf(row.key)).toEqual([row.multipart_upload_id]);
    await sendAll(uploadId);
    await complete(uploadId);
    expect((await findObject(owner, row))?.contentType).toBe('text/csv');
  });

  test('where S3 can not begin it, is told, and leaves nothing open', async () => {
    const environment = { ...api.environment, S3_BUCKET: 'no-such-bucket-anywhere' };
    const other = await startApi(environment, createLogger({ service: 'api', level: 'silent' }));
    const there = apiClient({ url: other.url, origin: portalUrl });
    await there.signIn(await api.makeMember(organization, 'uploader'));
    expect((await there.mutate('uploads.create', newUpload())).status).toBeGreaterThanOrEqual(400);
    await other.stop();
    const { rows } = await api.superuser.query(
      `SELECT state, multipart_upload_id FROM upload WHERE bucket = 'no-such-bucket-anywhere'`,
    );
    expect(rows).toEqual([{ state: 'aborted', multipart_upload_id: null }]);
  });
});

describe('signing parts', () => {
  test('signs length, MD5 and SHA-256 of each, and nothing of an empty body', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const [first] = await sign(uploadId, [1]);
    const { searchParams } = new URL(first?.url ?? '');
    expect(searchParams.get('X-Amz-SignedHeaders')?.split(';').toSorted()).toEqual(
      ['content-length', 'content-md5', 'host', 'x-amz-checksum-sha256'].toSorted(),
    );
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    const { md5, sha256 } = digests[0] ?? never();
    expect(first?.headers).toEqual({ 'content-md5': md5, 'x-amz-checksum-sha256': sha256 });
  });

  test('keeps what each part is signed for, begins the sending, and moves the time at which the upload expires', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await api.superuser.query(`UPDATE upload SET expires_at = now() - interval '1 minute' WHERE id = $1`, [uploadId]);
    await sign(uploadId, [1, 2]);
    expect(await partRows(uploadId)).toEqual([
      { part_number: 1, size_bytes: String(partSizeBytes), ...digests[0] },
      { part_number: 2, size_bytes: '1000', ...digests[1] },
    ]);
    const row = await uploadRow(uploadId);
    expect(row.state).toBe('uploading');
    expect(row.expires_at.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test('a part may be signed again, for other bytes too: the last signing counts', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sign(uploadId, [2]);
    const other = digestOf(Buffer.from('other'));
    await signAs(uploadId, [{ partNumber: 2, digest: other }]);
    expect(await partRows(uploadId)).toMatchObject([{ part_number: 2, ...other }]);
  });

  test.each<[string, (uploadId: string) => unknown]>([
    ['a part that the plan does not have', () => [{ partNumber: 3, digest: digestOf(lastPart) }]],
    ['part 0', () => [{ partNumber: 0, digest: digestOf(lastPart) }]],
    ['no part', () => []],
    ['one part twice', () => [1, 1].map((partNumber) => ({ partNumber, digest: digestOf(lastPart) }))],
    [
      '101 parts',
      () => Array.from({ length: 101 }, (_, index) => ({ partNumber: index + 1, digest: digestOf(lastPart) })),
    ],
    ['no digest', () => [{ partNumber: 1 }]],
    ['a digest in hex', () => [{ partNumber: 1, digest: { md5: 'a'.repeat(32), sha256: 'a'.repeat(64) } }]],
  ])('%s is refused, and signs nothing', async (_name, wanted) => {
    const { uploadId } = dataOf(await begin(), created);
    expect(errorCodeOf(await client.mutate('uploads.signParts', { uploadId, parts: wanted(uploadId) }))).toBe(
      'invalid-input',
    );
    expect(await partRows(uploadId)).toEqual([]);
  });

  test('100 parts are signed at once', async () => {
    const { uploadId } = dataOf(await begin({ sizeBytes: 100 * partSizeBytes }), created);
    const wanted = Array.from({ length: 100 }, (_, index) => ({ partNumber: index + 1, digest: digestOf(lastPart) }));
    const signed = await signAs(uploadId, wanted);
    expect(new Set(signed.map(({ url }) => new URL(url).searchParams.get('partNumber'))).size).toBe(100);
  });

  test('an upload by one PUT has no parts to sign, and one in parts has no PUT to renew', async () => {
    const single = dataOf(await begin({ sizeBytes: 5 }), createdSingle);
    const wanted = [{ partNumber: 1, digest: digestOf(lastPart) }];
    const answer = await client.mutate('uploads.signParts', { uploadId: single.uploadId, parts: wanted });
    expect(errorCodeOf(answer)).toBe('invalid-input');
    const { uploadId } = dataOf(await begin(), created);
    expect(errorCodeOf(await client.mutate('uploads.renew', { uploadId }))).toBe('invalid-input');
  });
});

describe('a presigned part', () => {
  let uploadId: string;
  let signed: Put;
  let key: string;
  let multipartUploadId: string | null;

  beforeAll(async () => {
    ({ uploadId } = dataOf(await begin(), created));
    [signed = never()] = await sign(uploadId, [2]);
    ({ key, multipart_upload_id: multipartUploadId } = await uploadRow(uploadId));
  });

  const other = Buffer.from(lastPart).fill(7, 0, 1);
  test.each<[string, Buffer, Record<string, string>, ((url: URL) => void)?]>([
    ['other bytes', other, {}],
    ['other bytes with their own digests', other, headersOf(other)],
    ['a longer body', Buffer.concat([lastPart, Buffer.from('x')]), {}],
    ['a shorter body', lastPart.subarray(1), {}],
    ['no MD5', lastPart, { 'content-md5': '' }],
    ['no SHA-256', lastPart, { 'x-amz-checksum-sha256': '' }],
    ['another SHA-256', lastPart, { 'x-amz-checksum-sha256': digestOf(other).sha256 }],
    ['another part', lastPart, {}, (url) => url.searchParams.set('partNumber', '1')],
    ['another upload', lastPart, {}, (url) => url.searchParams.set('uploadId', '2~other')],
    ['another key', lastPart, {}, (url) => (url.pathname += 'x')],
    ['a longer life', lastPart, {}, (url) => url.searchParams.set('X-Amz-Expires', '604800')],
    ['a whole object', lastPart, {}, (url) => ['partNumber', 'uploadId'].map((name) => url.searchParams.delete(name))],
  ])('refuses %s', async (_name, bytes, headers, change) => {
    const url = new URL(signed.url);
    change?.(url);
    const kept = Object.fromEntries(Object.entries({ ...signed.headers, ...headers }).filter(([, value]) => value));
    const { status } = await send({ url: url.href, headers: kept }, bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await storedParts(key, multipartUploadId)).toEqual([]);
  });

  test('takes exactly its bytes, and the same again', async () => {
    expect((await send(signed, lastPart)).status).toBe(200);
    expect((await send(signed, lastPart)).status).toBe(200);
    expect(await storedParts(key, multipartUploadId)).toMatchObject([{ partNumber: 2, sizeBytes: lastPart.length }]);
  });

  test('is allowed from the portal by the bucket, with every signed header', async () => {
    const preflight = await fetch(signed.url, {
      method: 'OPTIONS',
      headers: {
        origin: portalUrl,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-md5,x-amz-checksum-sha256',
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(portalUrl);
  });
});

describe('a single PUT with digests', () => {
  const whole = Buffer.from('id\n1\n');
  test('takes exactly its bytes, and keeps what they are', async () => {
    const { uploadId, put: signed } = await beginSingle(whole);
    expect(signed.headers).toMatchObject(headersOf(whole));
    expect((await send(signed, Buffer.from('id\n2\n'))).status).toBe(400);
    expect((await send({ ...signed, headers: { ...signed.headers, ...headersOf(lastPart) } }, whole)).status).toBe(403);
    expect((await send(signed, whole)).status).toBe(200);
    expect(await complete(uploadId)).toEqual({ state: 'stored' });
    expect(await uploadRow(uploadId)).toMatchObject({ ...digestOf(whole), part_size_bytes: null });
  });

  test('signs them again when it is renewed', async () => {
    const { uploadId } = await beginSingle(whole);
    const { put: again } = dataOf(await client.mutate('uploads.renew', { uploadId }), z.object({ put }));
    expect(again.headers).toMatchObject(headersOf(whole));
  });
});

describe('completing', () => {
  test('makes one object of the parts and can be repeated; every step is in the timeline', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sendAll(uploadId);
    for (let time = 0; time < 3; time += 1) expect(await complete(uploadId)).toEqual({ state: 'stored' });
    const row = await uploadRow(uploadId);
    const head = await findObject(owner, row);
    expect(head).toMatchObject({ sizeBytes: body.length, etag: expect.stringMatching(/^[0-9a-f]{32}-2$/) });
    expect(row).toMatchObject({ state: 'stored', version_id: head?.versionId, etag: head?.etag, sweep_parts_at: null });
    expect(await multipartUploadsOf(row.key)).toEqual([]);
    expect(await timelineOf(uploadId)).toEqual(['created', 'uploading', 'completing', 'stored']);
  });

  test('says how many parts are missing, and they can still come', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const [first = never(), second = never()] = await sign(uploadId, [1, 2]);
    const refusal = async () => errorOf((await client.mutate('uploads.complete', { uploadId })).body).data.hikyaku;
    expect(await refusal()).toMatchObject({ code: 'object-missing', details: { missing: 2 } });
    await send(second, lastPart);
    expect(await refusal()).toMatchObject({ code: 'object-missing', details: { missing: 1 } });
    await send(first, parts[0] ?? lastPart);
    expect(await complete(uploadId)).toEqual({ state: 'stored' });
  });

  test('of which S3 was told before, but whose answer was lost, is found stored', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sendAll(uploadId);
    await assembleInS3(await uploadRow(uploadId));
    expect(await complete(uploadId)).toEqual({ state: 'stored' });
  });

  test('while S3, and another call, finish first is told stored', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sendAll(uploadId);
    const row = await uploadRow(uploadId);
    // The row is held while S3 and the ledger move on, as they do under a slow call.
    await api.superuser.query('BEGIN');
    await api.superuser.query('SELECT FROM upload WHERE id = $1 FOR UPDATE', [uploadId]);
    const answer = complete(uploadId);
    try {
      await expect.poll(isWaitingForLock, { timeout: 4_000 }).toBe(true);
      await assembleInS3(row);
      await api.superuser.query(`UPDATE upload SET state = 'stored', settled_at = now() WHERE id = $1`, [uploadId]);
    } finally {
      await api.superuser.query('COMMIT');
    }
    expect(await answer).toEqual({ state: 'stored' });
  });

  test('by 8 requests at once settles once', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sendAll(uploadId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.mutate('uploads.complete', { uploadId })));
    for (const answer of answers) expect(dataOf(answer, stateAnswer)).toEqual({ state: 'stored' });
    expect((await timelineOf(uploadId)).filter((state) => state === 'stored')).toHaveLength(1);
  });
});

describe('aborting', () => {
  test('leaves no part in S3, and closes the upload for good', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const [, second = never()] = await sign(uploadId, [1, 2]);
    await send(second, lastPart);
    const { key, multipart_upload_id: multipartUploadId } = await uploadRow(uploadId);
    expect(await storedParts(key, multipartUploadId)).toHaveLength(1);
    expect(dataOf(await client.mutate('uploads.abort', { uploadId }), stateAnswer)).toEqual({ state: 'aborted' });
    expect(await storedParts(key, multipartUploadId)).toBeUndefined();
    expect(await multipartUploadsOf(key)).toEqual([]);

    expect((await send(second, lastPart)).status).toBe(404);
    const again = { uploadId, parts: [{ partNumber: 2, digest: digestOf(lastPart) }] };
    expect(errorCodeOf(await client.mutate('uploads.signParts', again))).toBe('upload-not-open');
    expect(errorCodeOf(await client.mutate('uploads.complete', { uploadId }))).toBe('upload-not-open');
    expect(await multipartUploadsOf(key)).toEqual([]);
  });

  test('leaves no part of those that were in flight at that moment', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const [first = never()] = await sign(uploadId, [1]);
    const { key } = await uploadRow(uploadId);
    const flying = sendHalfAndWait(first, parts[0] ?? lastPart);
    await flying.half;
    await client.mutate('uploads.abort', { uploadId });
    flying.goOn();
    expect(await flying.status).toBe(404);
    expect(await multipartUploadsOf(key)).toEqual([]);
    expect(await findObject(owner, await uploadRow(uploadId))).toBeUndefined();
  });

  test('does not undo what is stored', async () => {
    const { uploadId } = dataOf(await begin(), created);
    await sendAll(uploadId);
    await complete(uploadId);
    expect(dataOf(await client.mutate('uploads.abort', { uploadId }), stateAnswer)).toEqual({ state: 'stored' });
    expect(await findObject(owner, await uploadRow(uploadId))).toBeDefined();
  });
});

describe('the sweep', () => {
  test('drops the parts of an upload that expired, and keeps those of one that may be gone on with after days', async () => {
    const [expired, open] = [dataOf(await begin(), created).uploadId, dataOf(await begin(), created).uploadId];
    for (const uploadId of [expired, open]) {
      const [second = never()] = await sign(uploadId, [2]);
      await send(second, lastPart);
    }
    // Both have died; one may still be gone on with.
    await api.superuser.query(`UPDATE upload SET expires_at = now() - interval '3 days' WHERE id = ANY($1)`, [
      [expired, open],
    ]);
    await api.superuser.query(`UPDATE upload SET keep_until = now() - interval '1 second' WHERE id = $1`, [expired]);
    const pool = new Pool({ connectionString: api.database.app, max: 1 });
    await expireUploads(pool);
    await pool.end();
    const { key } = await uploadRow(expired);
    await vi.waitFor(async () => expect(await multipartUploadsOf(key)).toEqual([]), 10_000);
    await vi.waitFor(async () => expect((await uploadRow(expired)).sweep_parts_at).toBeNull(), 10_000);
    const other = await uploadRow(open);
    expect(other).toMatchObject({ state: 'uploading' });
    expect(await storedParts(other.key, other.multipart_upload_id)).toHaveLength(1);
  });

  test('drops the parts of a cancelled upload whose abort did not reach S3, and looks once more when no URL lives', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const [second = never()] = await sign(uploadId, [2]);
    await send(second, lastPart);
    // What the database says after an abort whose second half did not happen.
    await api.superuser.query(`UPDATE upload SET state = 'aborted', settled_at = now() WHERE id = $1`, [uploadId]);
    const { key } = await uploadRow(uploadId);
    await vi.waitFor(async () => expect(await multipartUploadsOf(key)).toEqual([]), 10_000);
    await vi.waitFor(async () => {
      const { sweep_parts_at: next, expires_at: expiresAt } = await uploadRow(uploadId);
      expect(next).toEqual(expiresAt);
    }, 10_000);
    await api.superuser.query(`UPDATE upload SET expires_at = now(), sweep_parts_at = now() WHERE id = $1`, [uploadId]);
    await vi.waitFor(async () => expect((await uploadRow(uploadId)).sweep_parts_at).toBeNull(), 10_000);
  });
});

function newUpload(changes: Record<string, unknown> = {}) {
  return {
    requestId: randomUUID(),
    datasetSlug: organization.dataset.slug,
    fileName: `${randomBytes(4).toString('hex')}.csv`,
    sizeBytes: body.length,
    contentType: 'text/csv',
    ...changes,
  };
}

function begin(changes: Record<string, unknown> = {}) {
  return client.mutate('uploads.create', newUpload(changes));
}

async function beginSingle(bytes: Buffer) {
  return dataOf(await begin({ sizeBytes: bytes.length, digest: digestOf(bytes) }), createdSingle);
}

async function sign(uploadId: string, numbers: number[]): Promise<Put[]> {
  return signAs(
    uploadId,
    numbers.map((partNumber) => ({ partNumber, digest: digests[partNumber - 1] ?? never() })),
  );
}

async function signAs(uploadId: string, wanted: { partNumber: number; digest: BodyDigest }[]): Promise<Put[]> {
  const { parts: signed } = dataOf(await client.mutate('uploads.signParts', { uploadId, parts: wanted }), signedParts);
  return signed.map((part) => part.put);
}

async function sendAll(uploadId: string): Promise<void> {
  const signed = await sign(uploadId, [1, 2]);
  const answers = await Promise.all(signed.map((one, index) => send(one, parts[index] ?? lastPart)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
}

async function complete(uploadId: string) {
  return dataOf(await client.mutate('uploads.complete', { uploadId }), stateAnswer);
}

function send(signed: { url: string; headers: Record<string, string> }, bytes: Buffer): Promise<Response> {
  return fetch(signed.url, { method: 'PUT', headers: signed.headers, body: new Uint8Array(bytes) });
}

/** Sends half of a part, and the other half when told. */
function sendHalfAndWait(signed: Put, bytes: Buffer) {
  const [half, status] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
  const middle = bytes.length / 2;
  const sending = request(
    signed.url,
    { method: 'PUT', headers: { ...signed.headers, 'content-length': bytes.length } },
    (answer) => {
      answer.resume();
      status.resolve(answer.statusCode ?? 0);
    },
  );
  sending.on('error', status.reject);
  sending.write(bytes.subarray(0, middle), () => half.resolve());
  return { half: half.promise, goOn: () => sending.end(bytes.subarray(middle)), status: status.promise };
}

function digestOf(bytes: Buffer): BodyDigest {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('base64');
  return { md5: digest('md5'), sha256: digest('sha256') };
}

function headersOf(bytes: Buffer): Record<string, string> {
  const { md5, sha256 } = digestOf(bytes);
  return { 'content-md5': md5, 'x-amz-checksum-sha256': sha256 };
}

/** S3's ids of the multipart uploads that are open under a key. */
async function multipartUploadsOf(key: string): Promise<(string | undefined)[]> {
  const { Uploads = [] } = await owner.send(
    new ListMultipartUploadsCommand({ Bucket: api.account.bucket, Prefix: key }),
  );
  return Uploads.map(({ UploadId }) => UploadId);
}

/** Undefined where S3 knows the upload no more. */
function storedParts(key: string, multipartUploadId: string | null) {
  return listParts(owner, { bucket: api.account.bucket, key, id: multipartUploadId ?? '' });
}

/** What another call that was first has S3 do. */
async function assembleInS3(row: { bucket: string; key: string; multipart_upload_id: string | null }) {
  const stored = await storedParts(row.key, row.multipart_upload_id);
  await owner.send(
    new CompleteMultipartUploadCommand({
      Bucket: row.bucket,
      Key: row.key,
      UploadId: row.multipart_upload_id ?? '',
      MultipartUpload: {
        Parts: stored?.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })) ?? [],
      },
    }),
  );
}

async function isWaitingForLock(): Promise<boolean> {
  const waiting = await api.superuser.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.rowCount === 1;
}

async function uploadRow(id: string) {
  const row = z.looseObject({
    bucket: z.string(),
    key: z.string(),
    state: z.string(),
    multipart_upload_id: z.string().nullable(),
    expires_at: z.date(),
    sweep_parts_at: z.date().nullable(),
  });
  return row.parse((await api.superuser.query('SELECT * FROM upload WHERE id = $1', [id])).rows[0]);
}

async function partRows(uploadId: string) {
  const { rows } = await api.superuser.query(
    'SELECT part_number, size_bytes, md5, sha256 FROM upload_part WHERE upload_id = $1 ORDER BY part_number',
    [uploadId],
  );
  return rows;
}

async function timelineOf(uploadId: string): Promise<string[]> {
  const { rows } = await api.superuser.query(
    `SELECT state FROM timeline_entry WHERE upload_id = $1 AND subject = 'upload' ORDER BY id`,
    [uploadId],
  );
  return rows.map(({ state }) => state);
}

function never(): never {
  throw new Error('fewer were signed than were asked for');
}

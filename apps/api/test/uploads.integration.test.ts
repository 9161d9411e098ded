import { randomBytes, randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { recordArrival } from '@hikyaku/db/ledger';
import { createS3Client, findObject, unquoted } from '@hikyaku/s3-core';
import { presignPut } from '@hikyaku/s3-core/presign';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorCodeOf, errorOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';

const put = z.object({ url: z.url(), headers: z.record(z.string(), z.string()), expiresAt: z.iso.datetime() });
const created = z.object({ uploadId: z.uuid(), put });
const stateAnswer = z.object({ state: z.string() });

let api: TestApi;
let organization: TestOrganization;
let client: ApiClient;
let owner: S3Client;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  client = await api.signIn(await api.makeMember(organization, 'uploader'));
  owner = storeClient({ ...api.account.owner });
});
afterAll(async () => {
  owner.destroy();
  await api.close();
});

describe('beginning an upload', () => {
  test('of an open file is refused where the dataset takes encrypted ones alone', async () => {
    const before = await countUploads();
    await setEncryption('required');
    const open = await begin({});
    const sealed = await begin({ fileName: 'a.csv.age' });
    await setEncryption('optional');
    expect(errorCodeOf(open)).toBe('encryption-required');
    expect(sealed.status).toBe(200);
    expect(await countUploads()).toBe(before + 1);
  });

  test.each([
    ['of 0 bytes', { sizeBytes: 0 }, 'empty-file'],
    ['of another type', { fileName: 'a.xlsx' }, 'unsupported-file-type'],
    ['larger than the dataset takes', { sizeBytes: 5 * 1024 ** 3 + 1 }, 'file-too-large'],
    ['into a dataset that is not there', { datasetSlug: 'none' }, 'dataset-not-found'],
    ['of a negative size', { sizeBytes: -1 }, 'invalid-input'],
    ['of half a byte', { sizeBytes: 0.5 }, 'invalid-input'],
    ['without a name', { fileName: '' }, 'invalid-input'],
    ['with NUL in its name', { fileName: 'a\u0000.csv' }, 'invalid-input'],
    ['with a line break in its name', { fileName: 'a\r\n.csv' }, 'invalid-input'],
    ['with a name without end', { fileName: `${'a'.repeat(1_024)}.csv` }, 'invalid-input'],
    ['into a dataset with a path in its name', { datasetSlug: '../other' }, 'invalid-input'],
  ])('%s is refused and writes nothing down', async (_name, changes, code) => {
    const before = await countUploads();
    expect(errorCodeOf(await begin(changes))).toBe(code);
    expect(await countUploads()).toBe(before);
  });

  test('what is no JSON, or not of our shape, is answered as invalid input, not as a failure of ours', async () => {
    for (const body of [
      '{',
      '[]',
      '"x"',
      '{"json":{"__proto__":{}}}',
      JSON.stringify({ json: { fileName: { a: 1 } } }),
    ]) {
      const answer = await client.fetch('/api/trpc/uploads.create', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(errorCodeOf(answer), body).toBe('invalid-input');
    }
  });

  test('a refusal says what was wrong, in values a text can name', async () => {
    const { data } = errorOf((await begin({ sizeBytes: 6 * 1024 ** 3 })).body);
    expect(data.hikyaku.details).toEqual({ sizeBytes: 6 * 1024 ** 3, limitBytes: 5 * 1024 ** 3 });
  });

  test('writes down intent, state and who it was, in one place each', async () => {
    const { uploadId, put: signed } = dataOf(await begin({ fileName: '売上 2026.CSV' }), created);
    const { rows } = await api.superuser.query('SELECT file_name, state, size_bytes, key FROM upload WHERE id = $1', [
      uploadId,
    ]);
    expect(rows).toMatchObject([{ file_name: '売上 2026.CSV', state: 'created', size_bytes: '5' }]);
    expect(rows[0].key).toMatch(
      new RegExp(`^incoming/${organization.id}/${organization.dataset.slug}/\\d{4}/\\d\\d/\\d\\d/${uploadId}/`),
    );
    expect(decodeURIComponent(new URL(signed.url).pathname)).toContain(rows[0].key);
    const audit = await api.superuser.query('SELECT action FROM audit_event WHERE subject_id = $1', [uploadId]);
    expect(audit.rows).toEqual([{ action: 'upload.create' }]);
  });
});

describe('a request that is sent again, for no answer came', () => {
  test('is the same upload, also by 8 at once, and another request is another upload', async () => {
    const sending = { requestId: randomUUID(), fileName: 'a.csv' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(sending)));
    const [first, ...others] = answers.map((answer) => dataOf(answer, created));
    expect(others.every(({ uploadId }) => uploadId === first?.uploadId)).toBe(true);
    const other = dataOf(await begin({ ...sending, requestId: randomUUID() }), created);
    expect(other.uploadId).not.toBe(first?.uploadId);
  });
});

describe('the presigned PUT', () => {
  test('stores the object once: a second use answers 412 and changes nothing', async () => {
    // In a bucket without versions: the store of one machine forgets the condition where it keeps versions; S3 doesn't.
    const plain = storeClient({ ...testCloud().s3?.admin });
    const Bucket = `${api.account.bucket}-plain`;
    await plain.send(new CreateBucketCommand({ Bucket }));
    const object = { bucket: Bucket, key: 'once.csv', sizeBytes: 5, contentType: 'text/csv' };
    const signed = await presignPut(plain, object, 60);
    expect((await send(signed, '12345')).status).toBe(200);
    expect((await send(signed, 'other')).status).toBe(412);
    const { Body } = await plain.send(new GetObjectCommand({ Bucket, Key: object.key }));
    expect(await Body?.transformToString()).toBe('12345');
    await plain.send(new DeleteObjectCommand({ Bucket, Key: object.key }));
    await plain.send(new DeleteBucketCommand({ Bucket }));
    plain.destroy();
  });

  test('used twice where the store lets it, leaves the first version to be taken in and the second quarantined', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    expect((await send(signed, '12345')).status).toBe(200);
    await client.mutate('uploads.complete', { uploadId });
    await send(signed, 'other');
    const { bucket, key } = await uploadRow(uploadId);
    const { Versions = [] } = await owner.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    const pool = new Pool({ connectionString: api.database.app, max: 1 });
    const states = [];
    for (const { VersionId = '', ETag = '', Size = 0 } of Versions) {
      const object = { bucket, key, versionId: VersionId, etag: unquoted(ETag), sizeBytes: Size, at: new Date() };
      states.push((await recordArrival(pool, object)).state);
    }
    await pool.end();
    // Newest first.
    expect(states).toEqual(['quarantined', 'queued'].slice(-Versions.length));
  });

  test('signs length, type and single use, and no checksum of an empty body', async () => {
    const { put: signed } = dataOf(await begin(), created);
    const { searchParams } = new URL(signed.url);
    expect(searchParams.get('X-Amz-SignedHeaders')?.split(';').toSorted()).toEqual(
      ['content-length', 'content-type', 'host', 'if-none-match'].toSorted(),
    );
    expect([...searchParams.keys()].filter((name) => /checksum/i.test(name))).toEqual([]);
    expect(signed.headers).toEqual({ 'content-type': 'text/csv', 'if-none-match': '*' });
    const seconds = Number(searchParams.get('X-Amz-Expires'));
    expect(Date.parse(signed.expiresAt) - Date.now()).toBeLessThanOrEqual(seconds * 1_000);
  });

  test.each<[string, string, Record<string, string>, ((url: URL) => void)?]>([
    ['a longer body', '123456', {}],
    ['a shorter body', '1234', {}],
    ['another type', '12345', { 'content-type': 'text/html' }],
    ['an overwrite', '12345', { 'if-none-match': '' }],
    ['another key', '12345', {}, (url) => (url.pathname += 'x')],
    ['a longer life', '12345', {}, (url) => url.searchParams.set('X-Amz-Expires', '604800')],
    ['another date', '12345', {}, (url) => url.searchParams.set('X-Amz-Date', '20991231T000000Z')],
    ['another signature', '12345', {}, (url) => flipLast(url, 'X-Amz-Signature')],
    ['another credential', '12345', {}, (url) => flipLast(url, 'X-Amz-Credential')],
    ['no signed headers', '12345', {}, (url) => url.searchParams.set('X-Amz-SignedHeaders', 'host')],
    ['an added ACL', '12345', {}, (url) => url.searchParams.set('x-amz-acl', 'public-read')],
  ])('refuses %s', async (_name, body, headers, change) => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    const url = new URL(signed.url);
    change?.(url);
    const kept = Object.fromEntries(Object.entries({ ...signed.headers, ...headers }).filter(([, value]) => value));
    const { status } = await send({ url: url.href, headers: kept }, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    const row = await uploadRow(uploadId);
    expect(await findObject(owner, row)).toBeUndefined();
  });

  test('refuses another method', async () => {
    const { put: signed } = dataOf(await begin(), created);
    for (const method of ['GET', 'DELETE', 'POST']) expect((await fetch(signed.url, { method })).status).toBe(403);
  });

  test('refuses to be used after its time', async () => {
    const s3 = createS3Client({
      region: api.environment.AWS_REGION,
      endpoint: api.environment.S3_ENDPOINT,
      forcePathStyle: true,
    });
    const object = {
      bucket: api.account.bucket,
      key: `incoming/${organization.id}/x/late.csv`,
      sizeBytes: 5,
      contentType: 'text/csv',
    };
    const signed = await presignPut(s3, object, 1);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await send(signed, '12345')).status).toBe(403);
    s3.destroy();
  });

  test('is allowed from the portal by the bucket, with every signed header', async () => {
    const { put: signed } = dataOf(await begin(), created);
    const preflight = await fetch(signed.url, {
      method: 'OPTIONS',
      headers: {
        origin: portalUrl,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,if-none-match',
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(portalUrl);
  });
});

describe('completing', () => {
  test('an upload whose object is not there says so, and it can still come', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    expect(errorCodeOf(await client.mutate('uploads.complete', { uploadId }))).toBe('object-missing');
    await send(signed, '12345');
    expect(dataOf(await client.mutate('uploads.complete', { uploadId }), stateAnswer)).toEqual({ state: 'stored' });
  });

  test('is judged by what the store has, and can be repeated', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    await send(signed, '12345');
    for (let time = 0; time < 3; time += 1) {
      expect(dataOf(await client.mutate('uploads.complete', { uploadId }), stateAnswer)).toEqual({ state: 'stored' });
    }
    const row = await uploadRow(uploadId);
    const head = await findObject(owner, row);
    expect(row).toMatchObject({ state: 'stored', version_id: head?.versionId, etag: head?.etag });
  });

  test('a short object is refused with both sizes, and stays refused', async () => {
    const { uploadId } = dataOf(await begin(), created);
    const row = await uploadRow(uploadId);
    // Not by our URL, which refuses it: by somebody who may write to the bucket.
    await owner.send(new PutObjectCommand({ Bucket: row.bucket, Key: row.key, Body: '123' }));
    const { data } = errorOf((await client.mutate('uploads.complete', { uploadId })).body);
    expect(data.hikyaku).toMatchObject({ code: 'size-mismatch', details: { expected: 5, found: 3 } });
    expect(errorCodeOf(await client.mutate('uploads.complete', { uploadId }))).toBe('upload-not-open');
    expect(await uploadRow(uploadId)).toMatchObject({ state: 'refused', cause_code: 'size-mismatch' });
  });

  test('by 16 requests at once settles once', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    await send(signed, '12345');
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => client.mutate('uploads.complete', { uploadId })),
    );
    for (const answer of answers) expect(dataOf(answer, stateAnswer)).toEqual({ state: 'stored' });
    const { rows } = await api.superuser.query(
      `SELECT count(*)::int AS n FROM timeline_entry WHERE upload_id = $1 AND state = 'stored'`,
      [uploadId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('aborting', () => {
  test('closes the upload; bytes that come late are recorded and not taken in', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    expect(dataOf(await client.mutate('uploads.abort', { uploadId }), stateAnswer)).toEqual({ state: 'aborted' });
    expect(errorCodeOf(await client.mutate('uploads.complete', { uploadId }))).toBe('upload-not-open');
    expect(errorCodeOf(await client.mutate('uploads.renew', { uploadId }))).toBe('upload-not-open');
    expect((await send(signed, '12345')).status).toBe(200);

    const { bucket, key } = await uploadRow(uploadId);
    const head = await findObject(owner, { bucket, key });
    const pool = new Pool({ connectionString: api.database.app, max: 1 });
    const arrival = await recordArrival(pool, {
      bucket,
      key,
      versionId: head?.versionId ?? '',
      etag: head?.etag ?? '',
      sizeBytes: 5,
      at: new Date(),
    });
    await pool.end();
    expect(arrival.state).toBe('refused');
    const file = dataOf(await client.query('files.get', { fileId: uploadId }), z.looseObject({ state: z.string() }));
    expect(file).toMatchObject({ state: 'refused', cause: { code: 'upload-cancelled' } });
  });

  test('what the store already has does not undo it', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    await send(signed, '12345');
    await client.mutate('uploads.complete', { uploadId });
    expect(dataOf(await client.mutate('uploads.abort', { uploadId }), stateAnswer)).toEqual({ state: 'stored' });
  });
});

describe('renewing', () => {
  test('signs the same PUT again and moves the time at which the upload expires', async () => {
    const { put: first, uploadId } = dataOf(await begin(), created);
    await api.superuser.query(`UPDATE upload SET expires_at = now() - interval '1 minute' WHERE id = $1`, [uploadId]);
    const { put: second } = dataOf(await client.mutate('uploads.renew', { uploadId }), z.object({ put }));
    expect(new URL(second.url).pathname).toBe(new URL(first.url).pathname);
    expect(second.headers).toEqual(first.headers);
    const row = await uploadRow(uploadId);
    expect(row.expires_at.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect((await send(second, '12345')).status).toBe(200);
  });

  test('an upload that is stored gives no new URL', async () => {
    const { put: signed, uploadId } = dataOf(await begin(), created);
    await send(signed, '12345');
    await client.mutate('uploads.complete', { uploadId });
    expect(errorCodeOf(await client.mutate('uploads.renew', { uploadId }))).toBe('upload-not-open');
  });
});

function storeClient(key: { accessKeyId?: string; secretAccessKey?: string }): S3Client {
  const { s3 } = testCloud();
  const { accessKeyId = '', secretAccessKey = '' } = key;
  return new S3Client({
    endpoint: s3?.endpoint ?? '',
    region: s3?.region ?? '',
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}

function setEncryption(encryption: 'optional' | 'required') {
  return api.superuser.query(
    `UPDATE dataset SET definition = definition || jsonb_build_object('encryption', $2::text) WHERE slug = $1`,
    [organization.dataset.slug, encryption],
  );
}

function begin(changes: Record<string, unknown> = {}) {
  return client.mutate('uploads.create', {
    requestId: randomUUID(),
    datasetSlug: organization.dataset.slug,
    fileName: `${randomBytes(4).toString('hex')}.csv`,
    sizeBytes: 5,
    contentType: 'text/csv',
    ...changes,
  });
}

function send(signed: { url: string; headers: Record<string, string> }, body: string): Promise<Response> {
  return fetch(signed.url, { method: 'PUT', headers: signed.headers, body });
}

async function uploadRow(id: string) {
  const row = z.object({
    bucket: z.string(),
    key: z.string(),
    state: z.string(),
    version_id: z.string().nullable(),
    etag: z.string().nullable(),
    cause_code: z.string().nullable(),
    expires_at: z.date(),
  });
  return row.parse((await api.superuser.query('SELECT * FROM upload WHERE id = $1', [id])).rows[0]);
}

async function countUploads(): Promise<number> {
  return (await api.superuser.query('SELECT count(*)::int AS n FROM upload')).rows[0].n;
}

function flipLast(url: URL, name: string): void {
  const value = url.searchParams.get(name) ?? '';
  url.searchParams.set(name, value.slice(0, -1) + (value.endsWith('a') ? 'b' : 'a'));
}

import { randomBytes } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { catObject, getObject, type GetObjectOptions } from './index.ts';

const body = randomBytes(300_000);
const key = 'folder/売上 + 100%.csv';

let bucket: TestBucket;
let proxy: FaultProxy;
let s3: S3Client;
let etag: string;

beforeAll(async () => {
  bucket = await openTestBucket();
  proxy = await openFaultProxy({ target: { host: bucket.host, port: bucket.port }, http: true });
  s3 = clientFor(bucket.access(proxy.port));
  const { ETag } = await bucket.s3.send(
    new PutObjectCommand({
      Bucket: bucket.bucket,
      Key: key,
      Body: body,
      ContentType: 'text/csv',
      ContentEncoding: 'gzip',
      Metadata: { sender: 'accounting' },
      Tagging: 'class=secret&year=2026',
    }),
  );
  etag = (ETag ?? '').replaceAll('"', '');
});
afterEach(() => proxy.heal());
afterAll(async () => {
  s3.destroy();
  await proxy.close();
  await bucket.close();
});

const get = (options: GetObjectOptions = {}) => getObject(s3, { bucket: bucket.bucket, key }, options);

test('an object comes whole, with what S3 says about it, and its tags where they are asked for', async () => {
  const found = await get({ withTags: true });
  expect(found).toMatchObject({
    status: 'found',
    sizeBytes: body.length,
    etag,
    contentType: 'text/csv',
    contentEncoding: 'gzip',
    lastModified: expect.any(Date),
    userMetadata: { sender: 'accounting' },
    tags: { class: 'secret', year: '2026' },
  });
  expect(found.status === 'found' && found.body.equals(body)).toBe(true);
  expect(await get()).toMatchObject({ tags: undefined });
});

test('that nothing has changed is a result; that something has, where it should not, an error', async () => {
  expect(await get({ ifNoneMatch: etag })).toEqual({ status: 'not-modified' });
  expect(await get({ ifNoneMatch: 'another' })).toMatchObject({ status: 'found' });
  expect(await get({ ifModifiedSince: new Date(Date.now() + 60_000) })).toEqual({ status: 'not-modified' });
  expect(await get({ ifModifiedSince: new Date(0) })).toMatchObject({ status: 'found' });
  expect(await get({ ifMatch: etag })).toMatchObject({ status: 'found' });
  await expect(get({ ifMatch: 'another' })).rejects.toMatchObject({ code: 'precondition-failed', retriable: false });
});

test('a version that was asked for is the one that comes', async () => {
  const other = 'versions';
  await bucket.put(other, Buffer.from('first'));
  const first = await getObject(s3, { bucket: bucket.bucket, key: other });
  await bucket.put(other, Buffer.from('second'));
  const { versionId } = first.status === 'found' ? first : { versionId: '' };
  const again = await getObject(s3, { bucket: bucket.bucket, key: other, versionId });
  expect(again).toMatchObject({ versionId, body: Buffer.from('first') });
});

test('of what is larger than the limit no more is fetched: its connection is given up', async () => {
  const client = clientFor(bucket.access(proxy.port), 1);
  const object = { bucket: bucket.bucket, key };
  const before = proxy.statistics().openConnections;
  // The rest of it never comes, and the connection stays for as long as we keep it.
  proxy.setHttp([{ method: 'GET', effect: { kind: 'stall', afterBytes: 1_000 } }]);
  await expect(getObject(client, object, { limitBytes: body.length - 1 })).rejects.toMatchObject({
    code: 'file-too-large',
    details: { limitBytes: body.length - 1, sizeBytes: body.length },
  });
  await vi.waitFor(() => expect(proxy.statistics().openConnections).toBe(before), { timeout: 5_000 });
  client.destroy();
  proxy.heal();
  expect(await get({ limitBytes: body.length })).toMatchObject({ status: 'found' });
});

test('one wrong bit, or too few bytes, is an error and never a body', async () => {
  proxy.setHttp([{ method: 'GET', effect: { kind: 'corrupt-byte' } }]);
  await expect(get()).rejects.toMatchObject({ code: 'checksum-mismatch', retriable: true });
  proxy.setHttp([{ method: 'GET', effect: { kind: 'close', afterBytes: 1_000 } }]);
  await expect(get()).rejects.toMatchObject({ retriable: true });
  proxy.setHttp([{ method: 'GET', effect: { kind: 'stall', afterBytes: 1_000 } }]);
  await expect(get({ silenceSeconds: 0.2 })).rejects.toMatchObject({ code: 'storage-unavailable' });
});

test('a stream gives bytes as they come, and an abort ends it with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  proxy.setWire({ bytesPerSecond: 400_000 });
  const stream = await catObject(s3, { bucket: bucket.bucket, key }, { signal: controller.signal });
  if (stream.status !== 'found') throw new Error('there is no stream');
  let got = 0;
  const reading = (async () => {
    for await (const bytes of stream.body) {
      got += bytes.length;
      controller.abort(reason);
    }
  })();
  await expect(reading).rejects.toBe(reason);
  expect(got).toBeLessThan(body.length);
});

test.each([
  [{ key: 'nothing' }, 'no-such-key'],
  [{ bucket: 'no-such-bucket-anywhere' }, 'no-such-bucket'],
])('%j is told as what it is, with the number of the request', async (name, code) => {
  const object = { bucket: bucket.bucket, key, ...name };
  await expect(getObject(s3, object)).rejects.toMatchObject({ code, details: { requestId: expect.any(String) } });
});

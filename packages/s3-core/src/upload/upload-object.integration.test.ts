import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type FaultProxy, openFaultProxy, s3Answer } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { sendParts } from './send-parts.ts';
import { WholeChecksums } from './upload-checksum.ts';
import { uploadObject } from './upload-object.ts';

const mebibyte = 1024 ** 2;
const partSizeBytes = 5 * mebibyte;

let house: TestBucket;
let proxy: FaultProxy;
let folder: string;
/** Through the proxy; tries nothing again by itself. */
let client: S3Client;
const content = randomBytes(17 * mebibyte);

beforeAll(async () => {
  house = await openTestBucket();
  proxy = await openFaultProxy({ target: { host: house.host, port: house.port }, http: true });
  client = clientFor(house.access(proxy.port), 1);
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-upload-'));
});
afterEach(() => proxy.heal());
afterAll(async () => {
  client.destroy();
  await proxy.close();
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');

/** In pieces as a pipe has them. */
async function* streamOf(bytes: Uint8Array, pieceBytes = 100_003): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function stored(key: string): Promise<Buffer> {
  const { Body } = await house.s3.send(new GetObjectCommand({ Bucket: house.bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function openFiles(): Promise<string[]> {
  const open = await readdir('/proc/self/fd');
  return Promise.all(open.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => 'closed')));
}

async function orphans(): Promise<number> {
  const { Uploads = [] } = await house.s3.send(new ListMultipartUploadsCommand({ Bucket: house.bucket }));
  return Uploads.length;
}

/** The n-th part is refused for good. */
function refusePart(number: number): void {
  const body = '<Error><Code>AccessDenied</Code><Message>m</Message></Error>';
  const path = new RegExp(`partNumber=${number}(&|$)`);
  proxy.setHttp([
    { method: 'PUT', path, effect: { kind: 'answer', status: 403, contentType: 'application/xml', body } },
  ]);
}

describe.each(['a file', 'a stream'])('%s', (kind) => {
  test.each([
    [0, 0],
    [1, 0],
    [partSizeBytes, 0],
    [partSizeBytes + 1, 2],
    [2 * partSizeBytes, 2],
    [17 * mebibyte, 4],
  ])('of %i bytes is stored byte for byte, in %i parts', async (sizeBytes, partCount) => {
    const bytes = content.subarray(0, sizeBytes);
    const key = `${kind}/${sizeBytes}`;
    const path = join(folder, `${sizeBytes}`);
    if (kind === 'a file') await writeFile(path, bytes);
    const source = kind === 'a file' ? { path } : { stream: streamOf(bytes) };
    const uploaded = await uploadObject(client, { bucket: house.bucket, key }, source, { partSizeBytes });
    expect(uploaded).toMatchObject({ sizeBytes, sha256: sha256(bytes), partCount, resumedBytes: 0 });
    expect(sha256(await stored(key))).toBe(sha256(bytes));
    expect(await openFiles()).not.toContain(path);
    const head = await house.s3.send(new HeadObjectCommand({ Bucket: house.bucket, Key: key }));
    expect(uploaded).toMatchObject({ versionId: head.VersionId, etag: head.ETag?.replaceAll('"', '') });
  });
});

test.each([
  ['one PUT', 1_000],
  ['parts', 6 * mebibyte],
])('type, metadata and tags are kept: %s', async (_way, sizeBytes) => {
  const object = { bucket: house.bucket, key: `dressed ${sizeBytes}` };
  await uploadObject(
    client,
    object,
    { stream: streamOf(content.subarray(0, sizeBytes)) },
    { partSizeBytes, contentType: 'text/csv', metadata: { batch: '7' }, tags: { 部署: '営業', a: 'b c&d' } },
  );
  const named = { Bucket: object.bucket, Key: object.key };
  expect(await house.s3.send(new HeadObjectCommand(named))).toMatchObject({
    ContentType: 'text/csv',
    Metadata: { batch: '7' },
  });
  // The gateway forgets the tags of what comes in parts; AWS keeps them.
  if (sizeBytes > partSizeBytes) return;
  const { TagSet = [] } = await house.s3.send(new GetObjectTaggingCommand(named));
  expect(Object.fromEntries(TagSet.map(({ Key, Value }) => [Key, Value]))).toEqual({ 部署: '営業', a: 'b c&d' });
});

test('asks S3 for the encryption and the tags that are wanted, with each way of sending', async () => {
  const asked: unknown[] = [];
  client.middlewareStack.add(
    (next) => (args) => {
      const { input } = args;
      if ('ServerSideEncryption' in input && 'Tagging' in input) {
        const { ServerSideEncryption: kind, SSEKMSKeyId: keyId, BucketKeyEnabled: bucketKey, Tagging: tags } = input;
        asked.push([kind, keyId, bucketKey, tags]);
      }
      return next(args);
    },
    { step: 'initialize', name: 'noteEncryption' },
  );
  const encryption = { kind: 'aws:kms', keyId: 'k', bucketKey: true } as const;
  for (const sizeBytes of [10, 6 * mebibyte]) {
    // The gateway has no key of this name: what counts here is what it was asked.
    await uploadObject(
      client,
      { bucket: house.bucket, key: 'kms' },
      { stream: streamOf(content.subarray(0, sizeBytes)) },
      { partSizeBytes, encryption, tags: { a: 'b c' } },
    ).catch(() => undefined);
  }
  client.middlewareStack.remove('noteEncryption');
  expect(asked).toEqual([
    ['aws:kms', 'k', true, 'a=b%20c'],
    ['aws:kms', 'k', true, 'a=b%20c'],
  ]);
  expect(await orphans()).toBe(0);
});

test.each([1_000, 6 * mebibyte])(
  'what is there already is not written over where that is asked: %i bytes',
  async (size) => {
    const body = '<Error><Code>PreconditionFailed</Code><Message>m</Message></Error>';
    const refusal = { kind: 'answer', status: 412, contentType: 'application/xml', body } as const;
    // The gateway takes no notice of If-None-Match where versions are kept; AWS answers like this.
    proxy.setHttp([
      { method: 'POST', path: /uploadId=/, effect: refusal },
      { method: 'PUT', path: /there\?x-id=PutObject/, effect: refusal },
    ]);
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'there' },
      { stream: streamOf(content.subarray(0, size)) },
      { partSizeBytes, onlyIfAbsent: true },
    );
    await expect(upload).rejects.toMatchObject({ code: 'precondition-failed' });
    expect(await orphans()).toBe(0);
  },
);

async function* broken(): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, 12 * mebibyte);
  throw new Error('pipe broken');
}

/** Brings so much, and then nothing, for hours. */
async function* silentAfter(bytes: number): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, bytes);
  await new Promise(() => undefined);
}

async function* onePartTooMany() {
  yield { number: 10_001, bytes: Buffer.from('x'), isLast: true };
}

const troubled = () => ({ bucket: house.bucket, key: 'troubled' });

describe('what goes wrong', () => {
  test('a part that gets through the second time costs that part alone', async () => {
    proxy.setHttp([{ method: 'PUT', path: /partNumber=2/, times: 2, effect: s3Answer(503) }]);
    const retried: number[] = [];
    await uploadObject(
      client,
      troubled(),
      { stream: streamOf(content) },
      { partSizeBytes, onRetry: ({ failures }) => retried.push(failures) },
    );
    expect(retried).toEqual([1, 2]);
    expect(sha256(await stored('troubled'))).toBe(sha256(content));
  });

  test('a part that never gets through ends it, and nothing is left', async () => {
    refusePart(3);
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'never' },
      { stream: streamOf(content) },
      { partSizeBytes },
    );
    await expect(upload).rejects.toMatchObject({ code: 'access-denied', retriable: false });
    expect(await orphans()).toBe(0);
    await expect(stored('never')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('an abort ends it with its reason, and nothing is left', async () => {
    const controller = new AbortController();
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'aborted' },
      { stream: streamOf(content) },
      { partSizeBytes, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) },
    );
    await expect(upload).rejects.toThrow('enough');
    expect(await orphans()).toBe(0);
  });

  test.each([
    ['before the first part', 1_000],
    ['between parts', 12 * mebibyte],
  ])('an abort ends it at once though the source is silent %s, and nothing is left', async (_, bytes) => {
    const controller = new AbortController();
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'silent' },
      { stream: silentAfter(bytes) },
      { partSizeBytes, signal: controller.signal },
    );
    setTimeout(() => controller.abort(new Error('enough')), 500);
    await expect(upload).rejects.toThrow('enough');
    expect(await orphans()).toBe(0);
  });

  test('a part that is refused ends it at once though the source is silent, and nothing is left', async () => {
    refusePart(1);
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'silent' },
      { stream: silentAfter(12 * mebibyte) },
      { partSizeBytes },
    );
    await expect(upload).rejects.toMatchObject({ code: 'access-denied' });
    expect(await orphans()).toBe(0);
  });

  test('a source that breaks ends it, and nothing is left', async () => {
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'broken' },
      { stream: broken() },
      { partSizeBytes },
    );
    await expect(upload).rejects.toMatchObject({ code: 'source-unreadable', cause: { message: 'pipe broken' } });
    expect(await orphans()).toBe(0);
  });

  test('something else in its place in the end is said', async () => {
    proxy.setHttp([{ method: 'HEAD', effect: { kind: 'answer', status: 200, body: '' } }]);
    const upload = uploadObject(client, troubled(), { stream: streamOf(content) }, { partSizeBytes });
    await expect(upload).rejects.toMatchObject({ code: 'not-as-sent' });
  });

  test('more than 10,000 parts are no object of S3', async () => {
    const upload = sendParts(client, troubled(), {
      partSizeBytes,
      parts: onePartTooMany(),
      whole: new WholeChecksums('sha256'),
    });
    await expect(upload).rejects.toMatchObject({ code: 'too-many-parts' });
    expect(await orphans()).toBe(0);
  });

  test('an answer to the last request that gets lost changes nothing', async () => {
    proxy.setHttp([{ method: 'POST', path: /uploadId=/, nth: 1, effect: { kind: 'reset', afterBytes: 0 } }]);
    const uploaded = await uploadObject(client, troubled(), { stream: streamOf(content) }, { partSizeBytes });
    expect(uploaded.partCount).toBe(4);
    expect(sha256(await stored('troubled'))).toBe(sha256(content));
  });

  test('a file that is not there has its name in the error', async () => {
    const upload = uploadObject(client, troubled(), { path: join(folder, 'nowhere') });
    await expect(upload).rejects.toMatchObject({ code: 'source-unreadable', details: { systemCode: 'ENOENT' } });
  });
});

describe('an upload that was kept', () => {
  test('goes on: what is there, byte for byte, is not sent again', async () => {
    const object = { bucket: house.bucket, key: 'resumed' };
    refusePart(4);
    let uploadId = '';
    const failed = uploadObject(
      client,
      object,
      { stream: streamOf(content) },
      {
        partSizeBytes,
        keepParts: true,
        onBegun: (id) => (uploadId = id),
      },
    );
    await expect(failed).rejects.toMatchObject({ details: expect.objectContaining({ uploadId: expect.any(String) }) });
    proxy.heal();
    // One of those that are there is another one now.
    const changed = Buffer.from(content);
    changed[0] = (changed[0] ?? 0) ^ 1;
    const uploaded = await uploadObject(
      client,
      object,
      { stream: streamOf(changed) },
      { partSizeBytes, resume: { uploadId } },
    );
    expect(uploaded.resumedBytes).toBe(2 * partSizeBytes);
    expect(sha256(await stored('resumed'))).toBe(sha256(changed));
    expect(await orphans()).toBe(0);
  });

  test('that is there no more is said', async () => {
    const upload = uploadObject(
      client,
      { bucket: house.bucket, key: 'gone' },
      { stream: streamOf(content) },
      { partSizeBytes, resume: { uploadId: '2~doesNotExist' } },
    );
    await expect(upload).rejects.toMatchObject({ code: 'no-such-upload' });
  });
});

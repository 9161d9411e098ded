import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type CloudAccount, type LocalCloud, startLocalCloud } from '@hikyaku/local-cloud';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { unquoted } from '../find-object.ts';
import { type CachedObject, createObjectCache, type ObjectCache, type ObjectCacheOptions } from './object-cache.ts';

const limitBytes = 10 * 1024 ** 2;

let account: CloudAccount;
let s3: S3Client;
let dataFolder: string;
let cloud: LocalCloud;
/** GETs that reached S3. */
let fetched = 0;
const caches: ObjectCache[] = [];

beforeAll(async () => {
  account = await testAccount();
  dataFolder = await mkdtemp(join(tmpdir(), 'hikyaku-cache-'));
  cloud = await startLocalCloud({ dataFolder, parts: new Set(['redis']) });
  s3 = new S3Client({
    endpoint: testCloud().s3?.endpoint ?? '',
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  s3.middlewareStack.add(
    (next, context) => (args) => {
      if (context['commandName'] === GetObjectCommand.name) fetched += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
});

afterEach(async () => {
  await Promise.all(caches.splice(0).map((cache) => cache.close()));
});

afterAll(async () => {
  s3.destroy();
  await Promise.all([account.delete(), cloud.stop({ discard: true })]);
  await rm(dataFolder, { recursive: true, force: true });
});

/** As a process of its own would have it: nothing is shared but Redis. */
async function openCache(options: Partial<ObjectCacheOptions> = {}): Promise<ObjectCache> {
  const cache = createObjectCache({
    redisUrl: cloud.redis?.url ?? '',
    s3,
    // These tests ask what is cached, on machines that may be busy.
    longestAnswerMilliseconds: 10_000,
    ...options,
  });
  caches.push(cache);
  // Reads before the connection stands go to S3, which is right and not what these tests ask.
  await new Promise((resolve) => setTimeout(resolve, 100));
  fetched = 0;
  return cache;
}

async function put(body: Buffer, key = `incoming/${randomBytes(6).toString('hex')}`): Promise<CachedObject> {
  const { VersionId, ETag } = await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: key, Body: body }));
  return { bucket: account.bucket, key, versionId: VersionId ?? 'null', etag: unquoted(ETag ?? '') };
}

test('what was read once comes from Redis, byte for byte, for every process', async () => {
  const bytes = randomBytes(100_000);
  const object = await put(bytes);
  const [one, other] = [await openCache(), await openCache()];
  expect((await one.read(object, limitBytes)).equals(bytes)).toBe(true);
  expect((await other.read(object, limitBytes)).equals(bytes)).toBe(true);
  expect(fetched).toBe(1);
});

test('a newer version is another object: nobody gets the old bytes for it', async () => {
  const cache = await openCache();
  const first = await put(Buffer.from('first'));
  await cache.read(first, limitBytes);
  const second = await put(Buffer.from('second'), first.key);
  expect(String(await cache.read(second, limitBytes))).toBe('second');
  expect(String(await cache.read(first, limitBytes))).toBe('first');
});

test('of fifty that ask at once in five processes one fetches', async () => {
  const bytes = randomBytes(500_000);
  const object = await put(bytes);
  const processes = await Promise.all(Array.from({ length: 5 }, () => openCache()));
  const reads = processes.flatMap((cache) => Array.from({ length: 10 }, () => cache.read(object, limitBytes)));
  for (const read of await Promise.all(reads)) expect(read.equals(bytes)).toBe(true);
  expect(fetched).toBe(1);
});

test('what is larger than asked for is refused, and what is larger than kept is read anew', async () => {
  const object = await put(randomBytes(2_000));
  const cache = await openCache({ largestKeptBytes: 1_000 });
  await expect(cache.read(object, 1_999)).rejects.toMatchObject({ code: 'file-too-large' });
  fetched = 0;
  await cache.read(object, limitBytes);
  await cache.read(object, limitBytes);
  expect(fetched).toBe(2);
  const keeping = await openCache();
  await keeping.read(object, limitBytes);
  await expect(keeping.read(object, 1_999)).rejects.toMatchObject({ code: 'file-too-large' });
});

test('what was forgotten, and what is older than its time, is read anew', async () => {
  const object = await put(Buffer.from('x'));
  const cache = await openCache({ timeToLiveSeconds: 1 });
  await cache.read(object, limitBytes);
  await cache.forget(object);
  await cache.read(object, limitBytes);
  expect(fetched).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await cache.read(object, limitBytes);
  expect(fetched).toBe(3);
});

test('an object that is not there is missing, cache or not', async () => {
  const cache = await openCache();
  const object = { bucket: account.bucket, key: 'incoming/nothing', versionId: 'null', etag: 'x' };
  await expect(cache.read(object, limitBytes)).rejects.toMatchObject({ code: 'object-missing' });
});

test('while Redis is frozen, dead or back, every read gets its bytes', async () => {
  const bytes = randomBytes(1_000);
  const object = await put(bytes);
  const cache = await openCache({ longestAnswerMilliseconds: 250 });
  await cache.read(object, limitBytes);
  cloud.killPart('redis', 'SIGSTOP');
  expect((await cache.read(object, limitBytes)).equals(bytes)).toBe(true);
  cloud.killPart('redis', 'SIGKILL');
  expect((await cache.read(object, limitBytes)).equals(bytes)).toBe(true);
  await cloud.startPart('redis');
  await expect
    .poll(
      async () => {
        fetched = 0;
        await cache.read(object, limitBytes);
        return fetched;
      },
      { timeout: 10_000 },
    )
    .toBe(0);
});

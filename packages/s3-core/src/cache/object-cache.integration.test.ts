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

test('what was invalidated, and what is older than its time, is read anew', async () => {
  const object = await put(Buffer.from('x'));
  const cache = await openCache({ timeToLiveSeconds: 1 });
  await cache.read(object, limitBytes);
  expect(await cache.invalidate(object)).toBe(true);
  await cache.read(object, limitBytes);
  expect(fetched).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await cache.read(object, limitBytes);
  expect(fetched).toBe(3);
});

const eventOf = ({ bucket, key, versionId }: CachedObject, detailType: string) => ({
  version: '0',
  source: 'aws.s3',
  'detail-type': detailType,
  time: '2026-11-22T05:00:00Z',
  detail: {
    bucket: { name: bucket },
    object: { key, 'version-id': versionId },
    'deletion-type': 'Delete Marker Created',
  },
});

test.each([
  ['written, by EventBridge', (object: CachedObject) => eventOf(object, 'Object Created')],
  ['deleted, by EventBridge', (object: CachedObject) => eventOf(object, 'Object Deleted')],
  [
    "deleted, by S3's own notification within SNS",
    ({ bucket, key }: CachedObject) => ({
      Type: 'Notification',
      Message: JSON.stringify({
        Records: [
          {
            eventSource: 'aws:s3',
            eventName: 'ObjectRemoved:Delete',
            s3: { bucket: { name: bucket }, object: { key } },
          },
        ],
      }),
    }),
  ],
])('what S3 tells to be %s is read anew, in every process', async (_, toldOf) => {
  const [object, other] = [await put(Buffer.from('x')), await put(Buffer.from('y'))];
  const [one, two] = [await openCache(), await openCache()];
  for (const cache of [one, two]) for (const each of [object, other]) await cache.read(each, limitBytes);
  expect(fetched).toBe(2);
  expect(await one.invalidateByEvent(JSON.stringify(toldOf(object)))).toEqual({ objects: 1, isHeard: true });
  for (const each of [object, other]) await two.read(each, limitBytes);
  expect(fetched).toBe(3);
});

test('a message that speaks of nothing drops nothing', async () => {
  const object = await put(Buffer.from('x'));
  const cache = await openCache();
  await cache.read(object, limitBytes);
  for (const body of ['', '{', '{"Records":[]}', JSON.stringify(eventOf(object, 'Object Tags Added'))]) {
    expect(await cache.invalidateByEvent(body)).toEqual({ objects: 0, isHeard: true });
  }
  await cache.read(object, limitBytes);
  expect(fetched).toBe(1);
});

test('what is invalidated while it is fetched is not kept', async () => {
  const object = await put(Buffer.from('x'));
  const [one, two] = [await openCache(), await openCache()];
  let invalidated: Promise<boolean> | undefined;
  s3.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context['commandName'] === GetObjectCommand.name) await (invalidated ??= two.invalidate(object));
      return answer;
    },
    { step: 'initialize', name: 'invalidateMeanwhile' },
  );
  expect(String(await one.read(object, limitBytes))).toBe('x');
  s3.middlewareStack.remove('invalidateMeanwhile');
  await two.read(object, limitBytes);
  expect(fetched).toBe(2);
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
  expect(await cache.invalidate(object)).toBe(false);
  expect(await cache.invalidateByEvent(JSON.stringify(eventOf(object, 'Object Created')))).toMatchObject({
    isHeard: false,
  });
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

test('Redis dies in the middle of two hundred reads, and every one gets its own bytes', async () => {
  const bodies = Array.from({ length: 20 }, () => randomBytes(50_000));
  const objects = await Promise.all(bodies.map((body) => put(body)));
  const [one, two] = [
    await openCache({ longestAnswerMilliseconds: 250 }),
    await openCache({ longestAnswerMilliseconds: 250 }),
  ];
  let answered = 0;
  const reads = Array.from({ length: 200 }, async (_, index) => {
    const [cache, place] = [index % 2 === 0 ? one : two, Math.floor(index / 2) % objects.length];
    const object = objects[place];
    if (!object) throw new Error('no object');
    // One after another, so that Redis has answered some when it dies.
    await new Promise((resolve) => setTimeout(resolve, index));
    const found = await cache.read(object, limitBytes);
    answered += 1;
    if (answered === 60) cloud.killPart('redis', 'SIGKILL');
    return bodies[place]?.equals(found);
  });
  expect(await Promise.all(reads)).toEqual(Array.from({ length: 200 }, () => true));
  await cloud.startPart('redis');
});

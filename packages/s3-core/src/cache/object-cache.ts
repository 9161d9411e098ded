import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { Redis } from 'ioredis';
import { readObject } from '../read/read-object.ts';

/** One version of one object: what its bytes are can never change. */
export interface CachedObject {
  bucket: string;
  key: string;
  /** `'null'` where the bucket keeps no versions; then the ETag tells them apart. */
  versionId: string;
  etag: string;
}

export interface ObjectCacheOptions {
  /** `redis:` or `rediss:`; nothing in it needs to outlive a restart. */
  redisUrl: string;
  s3: S3Client;
  /** How long after the last write of any of its versions an object stays. Default an hour. */
  timeToLiveSeconds?: number;
  /** Larger ones are read and not kept. Default 1 MiB. */
  largestKeptBytes?: number;
  /** After this a read does without Redis. Default 250: a cache that takes longer is worse than none. */
  longestAnswerMilliseconds?: number;
  /** Hears of a Redis that is away; reads go on without it. */
  onError?: (error: Error) => void;
}

export interface ObjectCache {
  /**
   * The whole object, from Redis or else from S3. However many ask at once, in however many processes, one fetches. Where
   * Redis is away or slow everybody reads from S3.
   *
   * @param limitBytes the most that is read into memory
   * @throws HikyakuError object-missing, file-too-large, storage-refused, storage-unavailable: never for Redis' sake
   */
  read(object: CachedObject, limitBytes: number): Promise<Buffer>;
  /** Drops every version of an object: to be called when S3 says that one was written or removed. */
  forget(object: Pick<CachedObject, 'bucket' | 'key'>): Promise<void>;
  close(): Promise<void>;
}

/** How long one process may fetch while the others wait for it. */
const fetchMilliseconds = 5_000;
const pollMilliseconds = 25;

/** Reads through Redis. Holds one connection. */
export function createObjectCache(options: ObjectCacheOptions): ObjectCache {
  const { s3, timeToLiveSeconds = 3_600, largestKeptBytes = 1024 ** 2, onError = () => undefined } = options;
  const redis = new Redis(options.redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: options.longestAnswerMilliseconds ?? 250,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  });
  redis.on('error', onError);
  const inFlight = new Map<string, Promise<Buffer>>();

  /** What Redis says, or undefined where it says nothing in time. */
  const ask = async <T>(command: Promise<T>): Promise<T | undefined> => {
    try {
      return await command;
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  };
  const find = async (name: string, version: string) => (await ask(redis.hgetBuffer(name, version))) ?? undefined;
  const keep = async (name: string, version: string, body: Buffer) => {
    if (body.length > largestKeptBytes) return;
    await ask(redis.multi().hset(name, version, body).expire(name, timeToLiveSeconds).exec());
  };

  const fetch = async (object: CachedObject, limitBytes: number): Promise<Buffer> => {
    const { name, version } = namesOf(object);
    const found = await find(name, version);
    if (found) return withinLimit(found, limitBytes);
    const lock = `${name}:${version}:fetching`;
    // 'OK' to whoever fetches, null to whoever should wait, undefined without Redis.
    const mayFetch = await ask(redis.set(lock, '1', 'PX', fetchMilliseconds, 'NX'));
    if (mayFetch === null) {
      const fetched = await waitFor(
        () => find(name, version),
        () => ask(redis.exists(lock)),
      );
      if (fetched) return withinLimit(fetched, limitBytes);
    }
    try {
      const body = await readObject(s3, object, limitBytes);
      await keep(name, version, body);
      return body;
    } finally {
      if (mayFetch) await ask(redis.del(lock));
    }
  };

  return {
    async read(object, limitBytes) {
      const id = `${namesOf(object).name} ${namesOf(object).version} ${limitBytes}`;
      const running = inFlight.get(id) ?? fetch(object, limitBytes).finally(() => inFlight.delete(id));
      inFlight.set(id, running);
      return running;
    },
    async forget(object) {
      await ask(redis.del(nameOf(object)));
    },
    async close() {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

/** All versions of an object lie in one hash, so that one command forgets them. In braces: a cluster's multi stays on one node. */
function nameOf({ bucket, key }: Pick<CachedObject, 'bucket' | 'key'>): string {
  // Keys may be a kilobyte long, and bucket and key must not run into each other.
  return `{hikyaku:object:${createHash('sha256').update(`${bucket}\n${key}`).digest('base64url')}}`;
}

function namesOf(object: CachedObject): { name: string; version: string } {
  return { name: nameOf(object), version: `${object.versionId}:${object.etag}` };
}

function withinLimit(body: Buffer, limitBytes: number): Buffer {
  if (body.length > limitBytes) throw new HikyakuError('file-too-large', { details: { limitBytes } });
  return body;
}

/** Until another process has put it there, or has given up fetching. */
async function waitFor(
  find: () => Promise<Buffer | undefined>,
  isFetching: () => Promise<number | undefined>,
): Promise<Buffer | undefined> {
  for (let waited = 0; waited < fetchMilliseconds; waited += pollMilliseconds) {
    await delay(pollMilliseconds);
    const fetching = await isFetching();
    // Asked after the lock: whoever held it put the object there first.
    const found = await find();
    if (found || !fetching) return found;
  }
  return undefined;
}

import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { Redis } from 'ioredis';
import { parseMessage } from '../events/parse-message.ts';
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
  /**
   * Drops every version of an object, and what is being fetched of it right now is not kept either. False where Redis did not
   * hear of it: then it stays until its time is over.
   */
  invalidate(object: Pick<CachedObject, 'bucket' | 'key'>): Promise<boolean>;
  /**
   * Drops whatever a message of S3's speaks of: what was written, overwritten, deleted or hidden. Of a message that can't be read
   * nothing is dropped.
   *
   * @param body of a queue's message: EventBridge's envelope, S3's own notification, either of them wrapped by SNS
   * @returns `isHeard` false where Redis did not hear of all of them: the message should come again
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
   */
  invalidateByEvent(body: string): Promise<{ objects: number; isHeard: boolean }>;
  close(): Promise<void>;
}

/** Longer than anybody fetches. */
const generationSeconds = 3_600;
/** Keeps what was fetched unless it was invalidated meanwhile. */
const keepScript = `
  if (redis.call('get', KEYS[2]) or '') ~= ARGV[1] then return 0 end
  redis.call('hset', KEYS[1], ARGV[2], ARGV[3])
  return redis.call('expire', KEYS[1], ARGV[4])
`;

/** How long one process may fetch while the others wait for it. */
const fetchMilliseconds = 5_000;
const pollMilliseconds = 25;

/**
 * Reads through Redis. Holds one connection.
 *
 * @example
 * const cache = createObjectCache({ redisUrl: 'redis://cache:6379', s3: client });
 * const rates = await cache.read({ bucket, key: 'rates.json', versionId, etag }, 1024 ** 2);
 * await cache.invalidateByEvent(message.Body ?? '');
 */
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
  /** Changes whenever the object is invalidated; undefined without Redis. */
  const findGeneration = (name: string) => ask(redis.get(generationOf(name)).then((generation) => generation ?? ''));
  const keep = async ({ name, version, generation }: Place & { generation: string | undefined }, body: Buffer) => {
    if (body.length > largestKeptBytes || generation === undefined) return;
    const keys = [name, generationOf(name)];
    await ask(redis.eval(keepScript, keys.length, ...keys, generation, version, body, timeToLiveSeconds));
  };
  const invalidate = async (object: Pick<CachedObject, 'bucket' | 'key'>): Promise<boolean> => {
    const name = nameOf(object);
    const generation = generationOf(name);
    const answer = await ask(redis.multi().del(name).incr(generation).expire(generation, generationSeconds).exec());
    return answer?.every(([error]) => error === null) ?? false;
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
      const generation = await findGeneration(name);
      const body = await readObject(s3, object, limitBytes);
      await keep({ name, version, generation }, body);
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
    invalidate,
    async invalidateByEvent(body) {
      const message = parseMessage(body);
      const events = message.kind === 'events' ? message.events : [];
      const heard = await Promise.all(events.map(invalidate));
      return { objects: events.length, isHeard: heard.every(Boolean) };
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

/** In braces as well, so that a script finds both on one node. */
function generationOf(name: string): string {
  return `${name}:generation`;
}

interface Place {
  name: string;
  version: string;
}

function namesOf(object: CachedObject): Place {
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

import { findObject } from '@hikyaku/s3-core';
import { createObjectCache } from '@hikyaku/s3-core/cache';
import type { Scene } from './scene.ts';

/** @param redisUrl of a Redis that may go away at any time: then every read comes from S3 */
export async function cacheExample({ client, bucket, log }: Scene, redisUrl: string): Promise<void> {
  const cache = createObjectCache({ redisUrl, s3: client, timeToLiveSeconds: 600, largestKeptBytes: 1024 ** 2 });
  const head = await findObject(client, { bucket, key: 'hello.txt' });
  if (!head) return;
  const object = { bucket, key: 'hello.txt', ...head };
  log(String(await cache.read(object, 1_000)));

  // By key, or by what a queue brings from S3.
  log(await cache.invalidate(object));
  const body = JSON.stringify({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2026-11-22T05:00:00Z',
    detail: { bucket: { name: bucket }, object: { key: 'hello.txt' } },
  });
  log(await cache.invalidateByEvent(body));
  await cache.close();
}

import { downloadObjects, mapKeys } from '@hikyaku/s3-core/many';
import { getObject } from '@hikyaku/s3-core/read';
import type { Scene } from './scene.ts';

export async function manyExample({ client, bucket, folder, log }: Scene): Promise<void> {
  const keys = ['hello.txt', 'nothing', '2026/11.csv'];
  // One result a key, in their order: one that fails doesn't end the others.
  const read = (key: string, signal: AbortSignal) => getObject(client, { bucket, key }, { signal });
  for await (const result of mapKeys(keys, read, { concurrency: 8 })) {
    log(result.key, result.ok ? result.value.status : result.error.code);
  }
  for await (const result of downloadObjects(client, { bucket, keys }, folder)) {
    log(result.key, result.ok ? result.value.path : result.error.code);
  }
}

import type { S3Client } from '@aws-sdk/client-s3';
import { type DownloadedObject, downloadThrough, type DownloadOptions } from '../download/download-object.ts';
import { createSourcePool } from '../download/http/source-pool.ts';
import { prepareTarget } from '../download/target-path.ts';
import { failureOf } from '../errors/storage-failure.ts';
import { createRetryBudget } from '../retry/retry-budget.ts';
import { type KeyResult, mapKeys, type MapKeysOptions } from './map-keys.ts';

export interface DownloadObjectsOptions
  extends MapKeysOptions, Omit<DownloadOptions, 'known' | 'onProgress' | 'signal'> {
  /** What the keys have in common and the paths below the folder have not. Default nothing. */
  prefix?: string;
}

/**
 * Brings many objects into a folder, each under its key: whole and verified, or a result that says why not. Connections and
 * the budget for retries are shared.
 *
 * @param folder has to be there; folders below it are made. No key leads outside: such ones are `unsafe-name`
 * @example
 * const keys = ['2026/11/a.csv', '2026/11/b.csv'];
 * for await (const result of downloadObjects(client, { bucket, keys }, '/data')) log(result.key, result.ok);
 */
export async function* downloadObjects(
  client: S3Client,
  objects: { bucket: string; keys: Iterable<string> | AsyncIterable<string> },
  folder: string,
  options: DownloadObjectsOptions = {},
): AsyncGenerator<KeyResult<DownloadedObject>, void, undefined> {
  const { concurrency = 4, connections = 2, prefix = '', signal, ...rest } = options;
  const sources = createSourcePool(options.dispatcher);
  const shared = { ...rest, connections, budget: options.budget ?? createRetryBudget() };
  const download = async (key: string, aborted: AbortSignal) => {
    if (!key.startsWith(prefix)) throw failureOf('unsafe-name', { details: { key } });
    const path = await prepareTarget(folder, key.slice(prefix.length));
    return downloadThrough(sources, client, { bucket: objects.bucket, key }, path, { ...shared, signal: aborted });
  };
  try {
    yield* mapKeys(objects.keys, download, { concurrency, ...(signal ? { signal } : {}) });
  } finally {
    sources.close();
  }
}

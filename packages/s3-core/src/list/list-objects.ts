import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { storageFailure } from '../errors/storage-failure.ts';
import { unquoted } from '../find-object.ts';

export interface ListOptions {
  bucket: string;
  /** What all keys begin with. Default: everything. */
  prefix?: string;
  /** Keys that go on behind the next one of these are told together, as one `prefix`. Usually `/`. */
  delimiter?: string;
  /** Only what comes behind this key, in S3's order: that of the keys' UTF-8 bytes. */
  startAfter?: string;
  /** Asked for at once; at most, and by default, 1,000. */
  pageSize?: number;
  signal?: AbortSignal;
}

export interface ListedObject {
  kind: 'object';
  key: string;
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  lastModified: Date | undefined;
  storageClass: string | undefined;
}

/** All keys that begin so, told together. Ends with the delimiter. */
export interface ListedPrefix {
  kind: 'prefix';
  prefix: string;
}

/**
 * What lies in a bucket, page by page as it is read; of a page the objects come first, then the prefixes. Every key as it is,
 * control characters too: S3 is asked to encode them, since XML can't say them all.
 *
 * @example
 * for await (const entry of listObjects(client, { bucket: 'reports', prefix: '2026/', delimiter: '/' })) show(entry);
 *
 * @throws HikyakuError no-such-bucket, access-denied and what else `storageErrorCode` names; the signal's reason
 */
export async function* listObjects(
  client: S3Client,
  options: ListOptions,
): AsyncGenerator<ListedObject | ListedPrefix, void, undefined> {
  let after: string | undefined;
  do {
    const page = await listPage(client, options, after);
    const read = page.EncodingType === 'url' ? decoded : (text: string) => text;
    for (const { Key = '', Size = 0, ETag = '', LastModified, StorageClass } of page.Contents ?? []) {
      yield {
        kind: 'object',
        key: read(Key),
        sizeBytes: Size,
        etag: unquoted(ETag),
        lastModified: LastModified,
        storageClass: StorageClass,
      };
    }
    for (const { Prefix = '' } of page.CommonPrefixes ?? []) yield { kind: 'prefix', prefix: read(Prefix) };
    after = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (after !== undefined);
}

/** How many objects there are, and how many bytes they are together: read page by page, none of it kept. */
export async function measureObjects(
  client: S3Client,
  options: Omit<ListOptions, 'delimiter'>,
): Promise<{ count: number; totalBytes: number }> {
  let [count, totalBytes] = [0, 0];
  for await (const entry of listObjects(client, options)) {
    if (entry.kind !== 'object') continue;
    count += 1;
    totalBytes += entry.sizeBytes;
  }
  return { count, totalBytes };
}

async function listPage(
  client: S3Client,
  { bucket, prefix, delimiter, startAfter, pageSize, signal }: ListOptions,
  after: string | undefined,
): Promise<ListObjectsV2CommandOutput> {
  signal?.throwIfAborted();
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    EncodingType: 'url',
    ...(prefix ? { Prefix: prefix } : {}),
    ...(delimiter ? { Delimiter: delimiter } : {}),
    ...(startAfter && after === undefined ? { StartAfter: startAfter } : {}),
    ...(after === undefined ? {} : { ContinuationToken: after }),
    ...(pageSize ? { MaxKeys: pageSize } : {}),
  });
  try {
    return await client.send(command, signal ? { abortSignal: signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw storageFailure(error, { details: { bucket } });
  }
}

/** As forms are encoded. */
function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

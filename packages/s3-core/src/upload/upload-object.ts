import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureOf, storageFailure } from '../errors/storage-failure.ts';
import { unquoted } from '../find-object.ts';
import { prepareDigest } from '../integrity/object-digest.ts';
import { planParts, usualPartBytes } from '../plan-parts.ts';
import { createRetryBudget } from '../retry/retry-budget.ts';
import { retry } from '../retry/retry.ts';
import { objectHeaders } from './object-headers.ts';
import { readParts, type ReadPart } from './read-parts.ts';
import { readUntil } from './read-until.ts';
import { sendParts } from './send-parts.ts';
import { unreadable } from './unreadable.ts';
import { checksumNames, WholeChecksums } from './upload-checksum.ts';
import type { UploadedObject, UploadOptions, UploadSource } from './upload-options.ts';

const least = 5 * 1024 ** 2;

/**
 * Writes one object, whole or not at all: in one PUT where it fits into a part, else in parts side by side. S3 checks every piece by
 * its MD5, and by its `checksum` where the store knows that. Memory: two parts, and one for each connection.
 *
 * ```ts
 * const { versionId } = await uploadObject(client, { bucket, key }, { path: '/data/11.csv' }, { onlyIfAbsent: true });
 * ```
 *
 * @throws HikyakuError precondition-failed (`onlyIfAbsent`), too-many-parts, source-unreadable, and what else `storageErrorCode`
 *   names; the signal's reason: then nothing is written, and no parts are left, unless `keepParts` says so. `not-as-sent`:
 *   something else lies there in the end
 */
export async function uploadObject(
  client: S3Client,
  object: { bucket: string; key: string },
  source: UploadSource,
  options: UploadOptions = {},
): Promise<UploadedObject> {
  const partSizeBytes = options.partSizeBytes ?? (await usualSize(source));
  if (partSizeBytes < least) throw new RangeError(`parts of less than 5 MiB: ${partSizeBytes}`);
  const { checksum = 'sha256' } = options;
  await prepareDigest(checksum);
  const whole = new WholeChecksums(checksum);
  const ended = new AbortController();
  const stop = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  const parts = readUntil(hashed(readParts(source, partSizeBytes), whole), stop);
  try {
    const first = await parts.next();
    if (first.done) throw new Error('a source has a first part, if only an empty one');
    if (first.value.isLast && !options.resume) {
      return await putWhole(client, object, first.value.bytes, { ...options, whole });
    }
    const all = startingWith(first.value, parts);
    return await sendParts(client, object, { ...options, partSizeBytes, parts: all, whole });
  } finally {
    // However far it was read: its file is open until it is told that nobody reads on.
    ended.abort();
    await parts.return();
  }
}

async function usualSize(source: UploadSource): Promise<number> {
  if ('stream' in source)
    return source.sizeBytes === undefined ? usualPartBytes : planParts(source.sizeBytes).partSizeBytes;
  const found = await stat(source.path).catch((error: unknown) => {
    throw unreadable(error, source.path);
  });
  return planParts(found.size).partSizeBytes;
}

async function* hashed(
  parts: AsyncIterable<ReadPart>,
  whole: WholeChecksums,
): AsyncGenerator<ReadPart, void, undefined> {
  for await (const part of parts) {
    whole.update(part.bytes);
    yield part;
  }
}

async function* startingWith(first: ReadPart, rest: AsyncIterable<ReadPart>): AsyncGenerator<ReadPart> {
  yield first;
  yield* rest;
}

async function putWhole(
  client: S3Client,
  object: { bucket: string; key: string },
  bytes: Buffer,
  options: UploadOptions & { whole: WholeChecksums },
): Promise<UploadedObject> {
  const {
    signal,
    onRetry,
    onProgress,
    retryBudget: budget = createRetryBudget(),
    checksum: algorithm = 'sha256',
  } = options;
  const { field } = checksumNames[algorithm];
  const { sha256, checksum } = await options.whole.finish([]);
  const md5 = createHash('md5').update(bytes).digest();
  const command = () =>
    new PutObjectCommand({
      Bucket: object.bucket,
      Key: object.key,
      Body: bytes,
      ContentMD5: md5.toString('base64'),
      [field]: checksum,
      ...(options.onlyIfAbsent ? { IfNoneMatch: '*' } : {}),
      ...objectHeaders(options),
    });
  const answer = await retry(() => client.send(command(), signal ? { abortSignal: signal } : {}), {
    budget,
    signal,
    onRetry,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw storageFailure(error, { details: object });
  });
  onProgress?.({ sentBytes: bytes.length, resumedBytes: 0 });
  const etag = unquoted(answer.ETag ?? '');
  if (!etag) throw failureOf('unexpected-answer', { details: object });
  if (answer[field] !== undefined && answer[field] !== checksum) throw failureOf('not-as-sent', { details: object });
  return {
    versionId: answer.VersionId || 'null',
    etag,
    sizeBytes: bytes.length,
    sha256,
    checksum: { algorithm, value: checksum },
    partCount: 0,
    resumedBytes: 0,
  };
}

import type { S3Client } from '@aws-sdk/client-s3';
import type { Dispatcher } from 'undici';
import { retry, type RetryOptions } from '../retry/retry.ts';
import { fetchRange } from './fetch-range.ts';
import type { PinnedObject } from './pin-object.ts';
import { RangeWriter } from './range-writer.ts';
import { signGet } from './sign-get.ts';
import type { TemporaryFile } from './temporary-file.ts';

export interface FetchMissingOptions extends Omit<RetryOptions, 'signal' | 'random'> {
  connections: number;
  dispatcher: Dispatcher;
  silenceSeconds: number;
  signal?: AbortSignal;
  /** What the journal says is on the disk, and not only with the system. */
  isDurable: boolean;
  /** Hears of every range that lies in the file whole. */
  onWhole: (range: number) => void;
  onProgress?: (progress: { receivedBytes: number; sizeBytes: number }) => void;
}

/**
 * Fetches the ranges that the file lacks, in order, so many at once; each is noted in the journal as soon as it is whole. The
 * first that can't be had ends the others. A range that breaks off goes on where it broke.
 */
export async function fetchMissing(
  client: S3Client,
  object: PinnedObject,
  temporary: TemporaryFile,
  options: FetchMissingOptions,
): Promise<{ fetchedBytes: number; resumedBytes: number }> {
  const { rangeBytes, sizeBytes } = temporary.head;
  const missing = missingRanges(temporary);
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const resumedBytes = sizeBytes - missing.reduce((sum, range) => sum + range.to - range.from + 1, 0);
  let fetchedBytes = 0;
  const written = (bytes: number) => {
    fetchedBytes += bytes;
    options.onProgress?.({ receivedBytes: resumedBytes + fetchedBytes, sizeBytes });
  };

  const work = async () => {
    for (let range = missing.shift(); range && !signal.aborted; range = missing.shift()) {
      await fetchWhole(client, object, temporary, range, { ...options, signal, onWritten: written });
      if (options.isDurable) await temporary.file.datasync();
      await temporary.note(range.from / rangeBytes);
      options.onWhole(range.from / rangeBytes);
    }
  };
  const workers = Array.from({ length: Math.min(options.connections, missing.length) }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  // All of them end before the file is closed.
  await Promise.allSettled(workers);
  signal.throwIfAborted();
  return { fetchedBytes, resumedBytes };
}

interface Range {
  from: number;
  to: number;
}

function missingRanges({ head, ranges }: TemporaryFile): Range[] {
  const { rangeBytes, sizeBytes } = head;
  return Array.from({ length: Math.ceil(sizeBytes / rangeBytes) }, (_, index) => index)
    .filter((index) => !ranges.has(index))
    .map((index) => ({ from: index * rangeBytes, to: Math.min((index + 1) * rangeBytes, sizeBytes) - 1 }));
}

async function fetchWhole(
  client: S3Client,
  object: PinnedObject,
  { file }: TemporaryFile,
  range: Range,
  options: FetchMissingOptions & { signal: AbortSignal; onWritten: (bytes: number) => void },
): Promise<void> {
  let { from } = range;
  await retry(async (progressed) => {
    if (from > range.to) return;
    const rest = { from, to: range.to };
    const request = await signGet(client, {
      Bucket: object.bucket,
      Key: object.key,
      Range: `bytes=${rest.from}-${rest.to}`,
      IfMatch: `"${object.etag}"`,
      ...(object.versionId === 'null' ? {} : { VersionId: object.versionId }),
    });
    const writer = new RangeWriter(file, from, (bytes) => {
      from += bytes;
      progressed();
      options.onWritten(bytes);
    });
    try {
      const { etag, sizeBytes } = object;
      const { dispatcher, silenceSeconds, signal } = options;
      const asked = { range: { ...rest, etag, sizeBytes }, sink: writer, silenceSeconds, signal };
      await fetchRange(dispatcher, request, asked);
    } finally {
      // What came before a connection broke is right, and need not come again.
      await writer.finish();
    }
  }, options);
}

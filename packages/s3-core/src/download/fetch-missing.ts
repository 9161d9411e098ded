import type { S3Client } from '@aws-sdk/client-s3';
import type { Dispatcher } from 'undici';
import { retry, type RetryOptions } from '../retry/retry.ts';
import { fetchRange } from './fetch-range.ts';
import { fileFailure } from './file-failure.ts';
import type { PinnedObject } from './pin-object.ts';
import { type Run, takeRun } from './plan-runs.ts';
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
 * Fetches the ranges that the file lacks, in order, runs of them at once; each is noted in the journal as soon as it is whole. The
 * first that can't be had ends the others. A run that breaks off goes on where it broke.
 */
export async function fetchMissing(
  client: S3Client,
  object: PinnedObject,
  temporary: TemporaryFile,
  options: FetchMissingOptions,
): Promise<{ fetchedBytes: number; resumedBytes: number }> {
  const { rangeBytes, sizeBytes } = temporary.head;
  const { connections } = options;
  const missing = missingRanges(temporary);
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const resumedBytes = sizeBytes - missing.reduce((sum, range) => sum + bytesOf(range, temporary), 0);
  let fetchedBytes = 0;
  const onWritten = (bytes: number) => {
    fetchedBytes += bytes;
    options.onProgress?.({ receivedBytes: resumedBytes + fetchedBytes, sizeBytes });
  };

  const work = async () => {
    while (!signal.aborted) {
      const run = takeRun(missing, { connections, rangeBytes });
      if (!run) return;
      await fetchRun(client, object, temporary, run, { ...options, signal, onWritten });
    }
  };
  const workers = Array.from({ length: Math.min(connections, missing.length) }, () =>
    work().catch((error: unknown) => failed.abort(error)),
  );
  // All of them end before the file is closed.
  await Promise.all(workers);
  signal.throwIfAborted();
  return { fetchedBytes, resumedBytes };
}

function missingRanges({ head, ranges }: TemporaryFile): number[] {
  const count = Math.ceil(head.sizeBytes / head.rangeBytes);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !ranges.has(index));
}

function bytesOf(range: number, { head }: TemporaryFile): number {
  return Math.min(head.rangeBytes, head.sizeBytes - range * head.rangeBytes);
}

async function fetchRun(
  client: S3Client,
  object: PinnedObject,
  temporary: TemporaryFile,
  run: Run,
  options: FetchMissingOptions & { signal: AbortSignal; onWritten: (bytes: number) => void },
): Promise<void> {
  const { rangeBytes, sizeBytes } = temporary.head;
  const to = Math.min((run.last + 1) * rangeBytes, sizeBytes) - 1;
  let from = run.first * rangeBytes;
  await retry(async (progressed) => {
    if (from > to) return;
    const asked = { from, to, etag: object.etag, sizeBytes };
    const request = await signGet(client, {
      Bucket: object.bucket,
      Key: object.key,
      Range: `bytes=${asked.from}-${asked.to}`,
      IfMatch: `"${object.etag}"`,
      ...(object.versionId === 'null' ? {} : { VersionId: object.versionId }),
    });
    const writer = new RangeWriter(temporary.file, { position: from, rangeBytes }, async (bytes) => {
      from += bytes;
      progressed();
      options.onWritten(bytes);
      // No write reaches over the end of a range: the one that ended is the one before.
      const isRangeWhole = from % rangeBytes === 0 || from === sizeBytes;
      if (isRangeWhole) await noteWhole(temporary, Math.ceil(from / rangeBytes) - 1, options);
    });
    try {
      const { dispatcher, silenceSeconds, signal } = options;
      await fetchRange(dispatcher, request, { range: asked, sink: writer, silenceSeconds, signal });
    } finally {
      // What came before a connection broke is right, and need not come again.
      await writer.finish();
    }
  }, options);
}

/** A range lies in the file whole, though its run does not yet. */
async function noteWhole(
  temporary: TemporaryFile,
  range: number,
  { isDurable, onWhole }: FetchMissingOptions,
): Promise<void> {
  try {
    if (isDurable) await temporary.file.datasync();
    await temporary.note(range);
  } catch (error) {
    throw fileFailure(error);
  }
  onWhole(range);
}

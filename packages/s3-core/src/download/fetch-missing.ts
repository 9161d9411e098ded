import type { S3Client } from '@aws-sdk/client-s3';
import { retry, type RetryOptions } from '../retry/retry.ts';
import { BlockPool } from './block-pool.ts';
import { fetchRange } from './fetch-range.ts';
import type { AnswerSource } from './http/answer.ts';
import type { SourcePool } from './http/source-pool.ts';
import type { PinnedObject } from './pin-object.ts';
import { PlacingFile } from './placing-file.ts';
import { type Run, RunPlan } from './plan-runs.ts';
import { RangeWriter } from './range-writer.ts';
import { signGet } from './sign-get.ts';
import type { TemporaryFile } from './temporary-file.ts';

export interface FetchMissingOptions extends Omit<RetryOptions, 'signal' | 'random'> {
  connections: number;
  sources: SourcePool;
  silenceSeconds: number;
  signal?: AbortSignal;
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
  const plan = new RunPlan(missing, { connections, rangeBytes });
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const resumedBytes = sizeBytes - missing.reduce((sum, range) => sum + bytesOf(range, temporary), 0);
  let fetchedBytes = 0;
  const onWritten = (bytes: number) => {
    fetchedBytes += bytes;
    options.onProgress?.({ receivedBytes: resumedBytes + fetchedBytes, sizeBytes });
  };

  const file = new PlacingFile(temporary.file);
  const work = async () => {
    const source = options.sources.take();
    const lane = { file, source, pool: new BlockPool(), signal, onWritten };
    try {
      for (let run = plan.take(); run && !signal.aborted; run = plan.take()) {
        await fetchRun(client, object, temporary, run, { ...options, ...lane });
        plan.done(run);
      }
    } catch (error) {
      failed.abort(error);
    } finally {
      options.sources.give(source);
    }
  };
  // All of them end before the file is closed.
  await Promise.all(Array.from({ length: Math.min(connections, missing.length) }, work));
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

interface Lane {
  file: PlacingFile;
  source: AnswerSource;
  pool: BlockPool;
  signal: AbortSignal;
  onWritten: (bytes: number) => void;
}

async function fetchRun(
  client: S3Client,
  object: PinnedObject,
  temporary: TemporaryFile,
  run: Run,
  options: FetchMissingOptions & Lane,
): Promise<void> {
  const { rangeBytes, sizeBytes } = temporary.head;
  const { source, pool, silenceSeconds } = options;
  const endBytes = () => Math.min((run.last + 1) * rangeBytes, sizeBytes);
  let from = run.first * rangeBytes;
  let received = from;
  const enough = new AbortController();
  const signal = AbortSignal.any([options.signal, enough.signal]);
  // A connection that has brought all that is left to it may be silent for the rest, which is somebody else's.
  run.onShortened = () => {
    if (received >= endBytes()) enough.abort();
  };
  const speed = new Speed();
  run.secondsLeft = () => (endBytes() - run.current * rangeBytes) / speed.bytesPerSecond();
  await retry(async (progressed) => {
    if (from >= endBytes()) return;
    const asked = { from, to: endBytes() - 1, etag: object.etag, sizeBytes };
    const request = await signGet(client, {
      Bucket: object.bucket,
      Key: object.key,
      Range: `bytes=${asked.from}-${asked.to}`,
      IfMatch: `"${object.etag}"`,
      ...(object.versionId === 'null' ? {} : { VersionId: object.versionId }),
    });
    const writer = new RangeWriter(options.file, pool, from, {
      rangeBytes,
      endBytes,
      onReceived(position) {
        received = position;
        run.current = Math.floor((position - 1) / rangeBytes);
        speed.received(position);
      },
      async onWritten(bytes) {
        from += bytes;
        progressed();
        options.onWritten(bytes);
        // No write reaches over the end of a range: the one that ended is the one before.
        const isRangeWhole = from % rangeBytes === 0 || from === sizeBytes;
        if (!isRangeWhole) return;
        const range = Math.ceil(from / rangeBytes) - 1;
        await temporary.note(range);
        options.onWhole(range);
      },
    });
    const failure = await fetchRange(source, request, { range: asked, sink: writer, silenceSeconds, signal }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    // What came before a connection broke is right, and need not come again.
    await writer.finish();
    const isAllThatIsLeft = endBytes() <= asked.to && from >= endBytes();
    if (failure && !isAllThatIsLeft) throw failure.error;
  }, options);
}

/** Of one connection, since its run began. */
class Speed {
  readonly #begun = performance.now();
  #first: number | undefined;
  #bytes = 0;

  received(position: number): void {
    this.#first ??= position;
    this.#bytes = position - this.#first;
  }

  /** At least one, of which nothing can be said yet. */
  bytesPerSecond(): number {
    return Math.max(1, this.#bytes / ((performance.now() - this.#begun) / 1_000));
  }
}

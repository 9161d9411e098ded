import { HikyakuError } from '@hikyaku/types';

/**
 * The chunks of a source, until it ends or the signal aborts, also while a chunk is awaited. The source's iterator is
 * always closed. An abort throws the signal's reason if that is a `HikyakuError`, else `stopped`.
 */
export async function* readChunks(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    while (true) {
      const result = await orAbort(iterator.next(), signal);
      if (result.done) return;
      yield result.value;
    }
  } finally {
    // Not awaited after an abort: a generator that waits for its next chunk answers only once it has it.
    const closing = Promise.resolve(iterator.return?.()).catch(() => undefined);
    if (!signal?.aborted) await closing;
  }
}

/** The promise's result, or the abort's error as soon as there is one. Leaves no listener behind. */
export async function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  if (signal.aborted) {
    // Nobody will look at it any more: its failure must not end the process.
    promise.catch(() => undefined);
    throw abortError(signal);
  }
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortError(signal));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

export function refuseIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

function abortError(signal: AbortSignal): HikyakuError {
  if (signal.reason instanceof HikyakuError) return signal.reason;
  return new HikyakuError('stopped', { retriable: true, cause: signal.reason });
}

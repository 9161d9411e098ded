import { untilAborted } from '@hikyaku/types';

/**
 * What a source brings, until the signal: then its reason, at once, though the source may say nothing for hours. The source is told
 * that nobody reads on, and waited for unless that is what it was to be waited for no more.
 */
export async function* readUntil<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let isAsked = false;
  const next = async () => {
    isAsked = true;
    const result = await iterator.next().finally(() => (isAsked = false));
    return result;
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await untilAborted(next(), signal);
      if (done) return;
      yield value;
    }
  } finally {
    const closing = iterator.return?.().catch(() => undefined);
    if (!isAsked) await closing;
  }
}

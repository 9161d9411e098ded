import type { HikyakuError } from '@hikyaku/types';
import { storageFailure } from '../errors/storage-failure.ts';

export type KeyResult<T> = { key: string; ok: true; value: T } | { key: string; ok: false; error: HikyakuError };

export interface MapKeysOptions {
  /** At the same time. Default 8. */
  concurrency?: number;
  signal?: AbortSignal;
}

/**
 * Does the same with many keys, so many at a time: one result for each, in the order of the keys, and one that fails doesn't
 * end the others. Takes keys as it needs them, from a listing without end too, and holds no more results than it does at a
 * time, twice: memory does not grow with the number of keys.
 *
 * @example
 * const keys = ['a.json', 'b.json'];
 * for await (const result of mapKeys(keys, (key) => getObject(client, { bucket, key }))) {
 *   if (!result.ok) warn(result.key, result.error.code);
 * }
 *
 * Leaving the loop, or an abort, ends what is running: `work` hears of it by its signal.
 *
 * @throws the signal's reason; what reading the keys throws. Never for what happens to one key
 */
export async function* mapKeys<T>(
  keys: Iterable<string> | AsyncIterable<string>,
  work: (key: string, signal: AbortSignal) => Promise<T>,
  options: MapKeysOptions = {},
): AsyncGenerator<KeyResult<T>, void, undefined> {
  const { concurrency = 8 } = options;
  const left = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  const running = new Set<Promise<KeyResult<T>>>();
  const inOrder: Started<T>[] = [];

  try {
    for await (const key of keys) {
      signal.throwIfAborted();
      inOrder.push(start(resultOf(key, work, signal), running));
      if (running.size >= concurrency) await Promise.race(running);
      // The first may take long while others end: those wait, but not without end.
      while (inOrder[0]?.isOver || inOrder.length >= 2 * concurrency) yield await takeFirst(inOrder, signal);
    }
    while (inOrder.length > 0) yield await takeFirst(inOrder, signal);
  } finally {
    left.abort();
    await Promise.all(running);
  }
}

interface Started<T> {
  result: Promise<KeyResult<T>>;
  isOver: boolean;
}

function start<T>(result: Promise<KeyResult<T>>, running: Set<Promise<KeyResult<T>>>): Started<T> {
  const started = { result, isOver: false };
  running.add(result);
  void result.then(() => {
    started.isOver = true;
    return running.delete(result);
  });
  return started;
}

/** Never rejects. */
async function resultOf<T>(
  key: string,
  work: (key: string, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<KeyResult<T>> {
  try {
    return { key, ok: true, value: await work(key, signal) };
  } catch (error) {
    return { key, ok: false, error: storageFailure(error) };
  }
}

async function takeFirst<T>(inOrder: Started<T>[], signal: AbortSignal): Promise<KeyResult<T>> {
  const first = inOrder.shift();
  if (!first) throw new RangeError('nothing is running');
  const result = await first.result;
  signal.throwIfAborted();
  return result;
}

/**
 * The first bytes of a source, up to `count` where it has so many, and the source as if nobody had looked: closing it closes
 * the one below, also before it was read. Where looking fails the source is closed.
 */
export async function peek(
  source: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Buffer; source: AsyncIterableIterator<Uint8Array, void> }> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let seenBytes = 0;
  try {
    while (seenBytes < count) {
      const { done, value } = await iterator.next();
      if (done) break;
      seen.push(value);
      seenBytes += value.length;
    }
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  const head = Buffer.concat(seen).subarray(0, count);
  const again: AsyncIterableIterator<Uint8Array, void> = {
    next() {
      const value = seen.shift();
      return value ? Promise.resolve({ done: false, value }) : iterator.next();
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => again,
  };
  return { head, source: again };
}

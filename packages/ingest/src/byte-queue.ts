/** Bytes of a source, taken as many at a time as whoever reads them can say. */
export interface ByteQueue {
  /** What there is next, never empty; undefined after the last. */
  next(): Promise<Uint8Array | undefined>;
  /** So many bytes, fewer where there are no more. A copy. */
  take(count: number): Promise<Buffer>;
  /** The last bytes of what was taken, to be taken again. */
  giveBack(bytes: Uint8Array): void;
  bytesTaken(): number;
  /** Closes the source. */
  close(): Promise<void>;
}

export function byteQueue(source: AsyncIterable<Uint8Array>): ByteQueue {
  const iterator = source[Symbol.asyncIterator]();
  let waiting: Uint8Array | undefined;
  let taken = 0;

  async function next(): Promise<Uint8Array | undefined> {
    while (!waiting || waiting.length === 0) {
      const { done, value } = await iterator.next();
      if (done) return undefined;
      waiting = value;
    }
    const chunk = waiting;
    waiting = undefined;
    taken += chunk.length;
    return chunk;
  }

  function giveBack(bytes: Uint8Array): void {
    taken -= bytes.length;
    waiting = waiting && waiting.length > 0 ? Buffer.concat([bytes, waiting]) : bytes;
  }

  async function take(count: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (let left = count; left > 0;) {
      const chunk = await next();
      if (!chunk) break;
      const piece = chunk.subarray(0, left);
      giveBack(chunk.subarray(piece.length));
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  return {
    next,
    take,
    giveBack,
    bytesTaken: () => taken,
    async close() {
      await iterator.return?.();
    },
  };
}

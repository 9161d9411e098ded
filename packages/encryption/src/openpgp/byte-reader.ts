/** Exact numbers of bytes from a source that comes in chunks of its own. Holds one chunk. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes, at least one; undefined at the end. Valid until the next call. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.#chunk.length === 0) {
      const { done, value } = await this.#iterator.next();
      if (done) return undefined;
      this.#chunk = value;
    }
    const taken = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(taken.length);
    return taken;
  }

  /** A copy; undefined where the source ends before. */
  async exactly(count: number): Promise<Buffer | undefined> {
    const pieces: Uint8Array[] = [];
    let missing = count;
    while (missing > 0) {
      const piece = await this.some(missing);
      if (!piece) return undefined;
      pieces.push(Uint8Array.from(piece));
      missing -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let piece = await this.some(Infinity); piece; piece = await this.some(Infinity)) yield piece;
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

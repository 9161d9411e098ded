/** What one read of the network brings at most. */
const blockBytes = 256 * 1024;

/** Memory that is used again and again: what is new for each write costs the system more than the write. */
export class BlockPool {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
  }

  /** Of `take`, when nobody reads or writes it any more. */
  give(block: Buffer): void {
    this.#free.push(block);
  }
}

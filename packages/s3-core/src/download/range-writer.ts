import type { BlockPool } from './block-pool.ts';
import type { PlacingFile } from './placing-file.ts';

/** Blocks that may wait for the disk before the network has to. */
const mostWaiting = 8;

/** A run of ranges as far as the writer has to know it. */
export interface WrittenRun {
  rangeBytes: number;
  /** Where the run ends by now; somebody else may have taken its rest over. */
  endBytes(): number;
  /** So far its bytes have come; they may still be on their way to the disk. */
  onReceived(position: number): void;
  /** So far they are written, in order. */
  onWritten(bytes: number): Promise<void>;
}

/**
 * Gives out blocks for what comes in order, writes each to its place in a file when it is full, and tells of what is written
 * before it writes on. No write reaches over the end of a range: when a range is told to be whole, nothing of the next one is there.
 */
export class RangeWriter {
  readonly #file: PlacingFile;
  readonly #pool: BlockPool;
  readonly #run: WrittenRun;
  /** Of the block's beginning. */
  #position: number;
  #block: Buffer | undefined;
  #filledBytes = 0;
  #waiting = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: PlacingFile, pool: BlockPool, position: number, run: WrittenRun) {
    this.#file = file;
    this.#pool = pool;
    this.#position = position;
    this.#run = run;
  }

  /** Whether whoever brings bytes should wait until `written`. */
  get isFull(): boolean {
    return this.#waiting >= mostWaiting;
  }

  /** The run may end earlier than it was asked for. */
  get isSatisfied(): boolean {
    return this.#position + this.#filledBytes >= this.#run.endBytes();
  }

  space(): Uint8Array {
    this.#block ??= this.#pool.take();
    return this.#block.subarray(this.#filledBytes, this.#wantedBytes(this.#block));
  }

  filled(bytes: number): void {
    if (!this.#block) throw new RangeError('nothing was given to be filled');
    this.#filledBytes += bytes;
    this.#run.onReceived(this.#position + this.#filledBytes);
    if (this.#filledBytes === this.#wantedBytes(this.#block)) this.#flush();
  }

  /** Resolves when what was handed to the disk so far is written. @throws HikyakuError disk-full, target-unusable */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Resolves when everything is written; no block is held then. @throws HikyakuError disk-full, target-unusable */
  finish(): Promise<void> {
    this.#flush();
    return this.#writing;
  }

  #wantedBytes(block: Buffer): number {
    const { rangeBytes } = this.#run;
    return Math.min(block.length, rangeBytes - (this.#position % rangeBytes));
  }

  #flush(): void {
    const block = this.#block;
    if (!block) return;
    const [position, bytes] = [this.#position, this.#filledBytes];
    this.#block = undefined;
    this.#filledBytes = 0;
    this.#position += bytes;
    this.#waiting += 1;
    this.#writing = this.#write(this.#writing, block.subarray(0, bytes), position).finally(() =>
      this.#pool.give(block),
    );
    // Whoever waits for it hears of it; nobody may be waiting yet.
    this.#writing.catch(() => undefined);
  }

  async #write(before: Promise<void>, bytes: Uint8Array, position: number): Promise<void> {
    await before;
    await this.#file.write(bytes, position);
    this.#waiting -= 1;
    if (bytes.length > 0) await this.#run.onWritten(bytes.length);
  }
}

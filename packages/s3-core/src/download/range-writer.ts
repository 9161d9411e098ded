import type { FileHandle } from 'node:fs/promises';
import { fileFailure } from './file-failure.ts';

/** One system call for so much, instead of one for each piece of the network's. */
const gatheredBytes = 1024 ** 2;
const gatheredPieces = 256;
/** What may wait for the disk before the network has to. */
const waitingBytes = 2 * gatheredBytes;

/**
 * Writes what comes in order to its place in a file, and tells of what is written before it writes on. Holds at most about
 * 3 MiB. No write reaches over the end of a range: when a range is told to be whole, nothing of the next one is there.
 */
export class RangeWriter {
  readonly #file: FileHandle;
  readonly #rangeBytes: number;
  readonly #onWritten: (bytes: number) => Promise<void>;
  #position: number;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #waitingBytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    file: FileHandle,
    at: { position: number; rangeBytes: number },
    onWritten: (bytes: number) => Promise<void>,
  ) {
    this.#file = file;
    this.#position = at.position;
    this.#rangeBytes = at.rangeBytes;
    this.#onWritten = onWritten;
  }

  /** Whether whoever brings bytes should wait until `written`. */
  get isFull(): boolean {
    return this.#waitingBytes >= waitingBytes;
  }

  push(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0) {
      const leftOfRange = this.#rangeBytes - ((this.#position + this.#gatheredBytes) % this.#rangeBytes);
      const taken = rest.subarray(0, leftOfRange);
      rest = rest.subarray(taken.length);
      this.#gathered.push(taken);
      this.#gatheredBytes += taken.length;
      const isEnough = this.#gatheredBytes >= gatheredBytes || this.#gathered.length >= gatheredPieces;
      if (isEnough || taken.length === leftOfRange) this.#flush();
    }
  }

  /** Resolves when what was handed to the disk so far is written. @throws HikyakuError disk-full, target-unusable */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Resolves when everything is written. @throws HikyakuError disk-full, target-unusable */
  finish(): Promise<void> {
    this.#flush();
    return this.#writing;
  }

  #flush(): void {
    if (this.#gatheredBytes === 0) return;
    const pieces = this.#gathered;
    const bytes = this.#gatheredBytes;
    const position = this.#position;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#position += bytes;
    this.#waitingBytes += bytes;
    this.#writing = this.#write(this.#writing, pieces, { position, bytes });
    // Whoever waits for it hears of it; nobody may be waiting yet.
    this.#writing.catch(() => undefined);
  }

  async #write(
    before: Promise<void>,
    pieces: Uint8Array[],
    { position, bytes }: { position: number; bytes: number },
  ): Promise<void> {
    await before;
    await writeAll(this.#file, pieces, position);
    this.#waitingBytes -= bytes;
    await this.#onWritten(bytes);
  }
}

/** Nearly always one call; a disk that is nearly full takes less than it is given. */
async function writeAll(file: FileHandle, pieces: Uint8Array[], position: number): Promise<void> {
  let left = pieces;
  let at = position;
  try {
    while (left.length > 0) {
      const { bytesWritten } = await file.writev(left, at);
      at += bytesWritten;
      left = withoutFirst(left, bytesWritten);
    }
  } catch (error) {
    throw fileFailure(error);
  }
}

function withoutFirst(pieces: Uint8Array[], bytes: number): Uint8Array[] {
  let skipped = bytes;
  const index = pieces.findIndex((piece) => {
    if (skipped < piece.length) return true;
    skipped -= piece.length;
    return false;
  });
  if (index < 0) return [];
  return pieces.slice(index).map((piece, place) => (place === 0 ? piece.subarray(skipped) : piece));
}

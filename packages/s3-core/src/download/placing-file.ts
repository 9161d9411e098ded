import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fileFailure } from './file-failure.ts';

/**
 * The system keeps what is written in one call in pages as large. Large ones it has to fetch first, on virtual machines from their
 * host, which takes five times as long as the writing; small ones it has at hand.
 */
const strokeBytes = 16 * 1024;
/** The system makes those wait who write faster than the disk. */
const slowMilliseconds = 50;
const patienceBytes = 64 * 1024 ** 2;

/**
 * Writes bytes to their places in a file. While the system takes them at once that is done right here: to hand them to another
 * thread would cost more than the writing. As soon as it doesn't, another thread waits for it, for a while.
 */
export class PlacingFile {
  readonly #file: FileHandle;
  #bytesToWaitFor = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** @throws HikyakuError disk-full, target-unusable */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      if (this.#bytesToWaitFor > 0) await this.#writeElsewhere(bytes, position);
      else this.#writeHere(bytes, position);
    } catch (error) {
      throw fileFailure(error);
    }
  }

  #writeHere(bytes: Uint8Array, position: number): void {
    const begun = performance.now();
    for (let written = 0; written < bytes.length;) {
      const stroke = Math.min(strokeBytes, bytes.length - written);
      written += writeSync(this.#file.fd, bytes, written, stroke, position + written);
    }
    if (performance.now() - begun > slowMilliseconds) this.#bytesToWaitFor = patienceBytes;
  }

  /** Nearly always one call; a disk that is nearly full takes less than it is given. */
  async #writeElsewhere(bytes: Uint8Array, position: number): Promise<void> {
    this.#bytesToWaitFor -= bytes.length;
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, position + written);
      written += bytesWritten;
    }
  }
}

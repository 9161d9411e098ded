import type { FileHandle } from 'node:fs/promises';

/** So much is written before the disk is asked for it: enough that it writes in long strokes. */
const flushBytes = 64 * 1024 ** 2;

/**
 * Has the system bring a file to the disk while it is being written, so that little is left to wait for in the end. A failure is
 * kept: the system tells it to whoever asks first, and only once.
 */
export class BackgroundFlush {
  readonly #file: FileHandle;
  #sinceFlush = 0;
  #flushing: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  written(bytes: number): void {
    this.#sinceFlush += bytes;
    if (this.#flushing || this.#sinceFlush < flushBytes) return;
    this.#sinceFlush = 0;
    this.#flushing = this.#flush();
  }

  /** Resolves when nothing is on its way, so that the file may be closed; never rejects. */
  async stop(): Promise<void> {
    await this.#flushing;
  }

  /** All of it is on the disk. @throws what the system said, now or before */
  async finish(): Promise<void> {
    await this.#flushing;
    if (this.#failure) throw this.#failure.error;
    await this.#file.sync();
  }

  async #flush(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      this.#flushing = undefined;
    }
  }
}

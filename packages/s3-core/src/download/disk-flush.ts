import type { FileHandle } from 'node:fs/promises';

/** So much is written before the disk is asked for it: enough that it writes in long strokes. */
const flushBytes = 64 * 1024 ** 2;

/**
 * Has the system bring a file to the disk: while it is being written, so that little is left to wait for in the end, or step by step.
 * The system tells a failure once, to whoever asks first, and knows nothing afterwards of what it could not write. So one asks at a
 * time, a failure is kept for all who ask later, and the disk isn't asked again: no later success would say anything.
 */
export class DiskFlush {
  readonly #file: Pick<FileHandle, 'datasync' | 'sync'>;
  #sinceFlush = 0;
  #isUnderWay = false;
  /** Never rejects. */
  #asking: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;

  constructor(file: Pick<FileHandle, 'datasync' | 'sync'>) {
    this.#file = file;
  }

  /** Whether something that was written may be neither on the disk nor on its way there. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Begins to bring it to the disk, now and then. @throws what the system said before */
  written(bytes: number): void {
    this.#tell();
    this.#sinceFlush += bytes;
    if (this.#isUnderWay || this.#sinceFlush < flushBytes) return;
    this.#sinceFlush = 0;
    void this.#flushAside();
  }

  /** All that was written is on the disk. @throws what the system said, now or before */
  async flush(): Promise<void> {
    await this.#ask(() => this.#file.datasync());
    this.#tell();
  }

  /** Resolves when nothing is on its way, so that the file may be closed; never rejects. */
  stop(): Promise<void> {
    return this.#asking;
  }

  /** All of it is on the disk, as a file. @throws what the system said, now or before */
  async finish(): Promise<void> {
    await this.#ask(() => this.#file.sync());
    this.#tell();
  }

  async #flushAside(): Promise<void> {
    this.#isUnderWay = true;
    await this.#ask(() => this.#file.datasync());
    this.#isUnderWay = false;
  }

  #ask(sync: () => Promise<void>): Promise<void> {
    this.#asking = this.#askAfter(this.#asking, sync);
    return this.#asking;
  }

  async #askAfter(before: Promise<void>, sync: () => Promise<void>): Promise<void> {
    await before;
    if (this.#failure) return;
    try {
      await sync();
    } catch (error) {
      this.#failure = { error };
    }
  }

  #tell(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

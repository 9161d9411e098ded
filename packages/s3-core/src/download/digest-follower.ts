import type { FileHandle } from 'node:fs/promises';
import { fileFailure } from './file-failure.ts';
import type { RunningDigest } from '../integrity/object-digest.ts';

const readBytes = 4 * 1024 ** 2;

/**
 * Digests a file while it is being filled: ranges come in any order and from an earlier run, and a digest needs bytes in
 * theirs. What is digested is what lies in the file, fresh in the system's memory, not what passed by on its way there.
 */
export class DigestFollower {
  readonly #file: FileHandle;
  readonly #digest: RunningDigest;
  readonly #plan: { sizeBytes: number; rangeBytes: number };
  readonly #whole: Set<number>;
  readonly #buffer = Buffer.allocUnsafeSlow(readBytes);
  #position = 0;
  #following: Promise<void> | undefined;
  #isStopped = false;

  /** @param whole ranges that are there already */
  constructor(
    file: FileHandle,
    digest: RunningDigest,
    plan: { sizeBytes: number; rangeBytes: number; whole: ReadonlySet<number> },
  ) {
    this.#file = file;
    this.#digest = digest;
    this.#plan = plan;
    this.#whole = new Set(plan.whole);
    this.#follow();
  }

  /** This range lies in the file whole. */
  add(range: number): void {
    this.#whole.add(range);
    this.#follow();
  }

  /** To be called once, when the last range is there. @throws HikyakuError target-unusable */
  async finish(): Promise<Buffer> {
    await this.#following;
    return this.#digest.finish();
  }

  /** Resolves when nothing is read any more, so that the file may be closed; never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#following?.catch(() => undefined);
  }

  #follow(): void {
    if (this.#following || !this.#hasNext()) return;
    this.#following = this.#digestAll();
    // Whoever waits for the end hears of it; it is not begun again then.
    this.#following.catch(() => undefined);
  }

  async #digestAll(): Promise<void> {
    while (this.#hasNext()) await this.#digestNext();
    this.#following = undefined;
  }

  #hasNext(): boolean {
    const { sizeBytes, rangeBytes } = this.#plan;
    return !this.#isStopped && this.#position < sizeBytes && this.#whole.has(this.#position / rangeBytes);
  }

  /** One range. */
  async #digestNext(): Promise<void> {
    const end = Math.min(this.#position + this.#plan.rangeBytes, this.#plan.sizeBytes);
    while (this.#position < end && !this.#isStopped) {
      const wanted = Math.min(readBytes, end - this.#position);
      const { bytesRead } = await this.#read(wanted);
      this.#digest.update(this.#buffer.subarray(0, bytesRead));
      this.#position += bytesRead;
    }
  }

  async #read(bytes: number): Promise<{ bytesRead: number }> {
    try {
      const read = await this.#file.read(this.#buffer, 0, bytes, this.#position);
      if (read.bytesRead === 0) throw new Error('the file was cut short by somebody else');
      return read;
    } catch (error) {
      throw fileFailure(error);
    }
  }
}

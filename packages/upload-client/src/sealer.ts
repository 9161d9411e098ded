import type { Sealing } from '@hikyaku/encryption/sealing';
import type { DigestedBody } from './digest-body.ts';

/** Encrypts files for age, a range at a time. `createMemorySealer` where it is called; browsers have a thread for it. */
export interface Sealer {
  /**
   * A key of its own for one file of so many bytes, which each of the recipients (`age1…`) can open alone.
   *
   * @throws HikyakuError `invalid-input` for no recipient or one that isn't; retriable where it could not even begin
   */
  begin(recipients: readonly string[], plainBytes: number): Promise<Sealing>;
  /**
   * The bytes of the age file from `start` to before `end`, with their digests. Holds no more than those in memory.
   *
   * @throws HikyakuError `file-changed` where the file's length is another, retriable where it could not even begin; what reading throws
   */
  seal(sealing: Sealing, plain: Blob, range: { start: number; end: number }): Promise<DigestedBody>;
}

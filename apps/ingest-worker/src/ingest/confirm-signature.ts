import { confirmMinisign } from '@hikyaku/encryption/minisign';
import { HikyakuError } from '@hikyaku/types';

export interface ConfirmedBytes {
  bytes: AsyncIterable<Uint8Array>;
  /**
   * Passes what was made of the bytes on, and throws at its end where nobody has read them to theirs: a signature that wasn't
   * looked at is none.
   */
  untilConfirmed(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** Has an object's bytes, as they are stored, held against a detached signature while they go by: see `confirmMinisign`. */
export function confirmSignature(
  source: AsyncIterable<Uint8Array>,
  signature: Buffer,
  trustedKeys: readonly string[],
): ConfirmedBytes {
  let isConfirmed = false;
  async function* confirmed(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* confirmMinisign(source, signature, trustedKeys);
    isConfirmed = true;
  }
  async function* untilConfirmed(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    yield* content;
    if (!isConfirmed) throw new HikyakuError('signature-invalid', { details: { problem: 'content' } });
  }
  return { bytes: confirmed(), untilConfirmed };
}

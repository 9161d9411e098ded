import { randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { encodeBase64, writeStanzas } from './age-header.ts';
import { headerMac, payloadKey, payloadNonceBytes, plainChunkBytes, sealChunk } from './age-payload.ts';
import { fileKeyBytes, wrapFileKey } from './x25519-stanza.ts';

/**
 * An age file that each of the recipients (`age1…`) can open alone. Holds one chunk of 64 KiB.
 *
 * @throws HikyakuError `invalid-input` for no recipient or one that isn't
 */
export async function* encryptAge(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  if (recipients.length === 0) throw new HikyakuError('invalid-input', { details: { field: 'recipient' } });
  const fileKey = randomBytes(fileKeyBytes);
  const header = writeStanzas(recipients.map((recipient) => wrapFileKey(fileKey, recipient)));
  const nonce = randomBytes(payloadNonceBytes);
  yield Buffer.concat([Buffer.from(`${header} ${encodeBase64(headerMac(fileKey, Buffer.from(header)))}\n`), nonce]);
  yield* sealPayload(payloadKey(fileKey, nonce), source);
}

/** A full chunk waits until another byte comes: only then it isn't the last. */
async function* sealPayload(
  key: Buffer,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const held = Buffer.allocUnsafeSlow(plainChunkBytes);
  let heldBytes = 0;
  let counter = 0;
  for await (const value of source) {
    let from = 0;
    while (from < value.length) {
      if (heldBytes === plainChunkBytes) {
        heldBytes = 0;
        yield sealChunk(key, counter++, false, held);
      }
      const taken = value.subarray(from, from + plainChunkBytes - heldBytes);
      held.set(taken, heldBytes);
      heldBytes += taken.length;
      from += taken.length;
    }
  }
  yield sealChunk(key, counter, true, held.subarray(0, heldBytes));
}

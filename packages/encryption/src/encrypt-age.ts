import { type KeyObject, randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { headerMac, payloadKey, sealChunk } from './age-payload.ts';
import { payloadNonceBytes, plainChunkBytes } from './age-stream.ts';
import { wrapFileKeyByPassphrase } from './scrypt-stanza.ts';
import { type Stanza, writeAgeHeader } from './write-age-header.ts';
import { fileKeyBytes } from './x25519-format.ts';
import { wrapFileKey } from './x25519-stanza.ts';

/** Who can open the file: each of the recipients (`age1…`) alone, or whoever knows the passphrase. */
export type AgeAudience = readonly string[] | { passphrase: string; workFactor?: number };

/**
 * An age file, binary. Holds one chunk of 64 KiB, and with a passphrase 256 MiB for its first second.
 *
 * @throws HikyakuError `invalid-input` for no recipient or one that isn't, or an empty passphrase
 */
export async function* encryptAge(
  source: AsyncIterable<Uint8Array>,
  audience: AgeAudience,
): AsyncGenerator<Uint8Array, void, undefined> {
  const fileKey = randomBytes(fileKeyBytes);
  const stanzas = await wrap(fileKey, audience);
  const nonce = randomBytes(payloadNonceBytes);
  yield Buffer.concat([writeAgeHeader(stanzas, (authenticated) => headerMac(fileKey, authenticated)), nonce]);
  yield* sealPayload(payloadKey(fileKey, nonce), source);
}

async function wrap(fileKey: Uint8Array, audience: AgeAudience): Promise<Stanza[]> {
  if ('passphrase' in audience) {
    if (audience.passphrase === '') throw new HikyakuError('invalid-input', { details: { field: 'passphrase' } });
    return [await wrapFileKeyByPassphrase(fileKey, audience.passphrase, audience.workFactor)];
  }
  return audience.map((recipient) => wrapFileKey(fileKey, recipient));
}

/** A full chunk waits until another byte comes: only then it isn't the last. */
async function* sealPayload(
  key: KeyObject,
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

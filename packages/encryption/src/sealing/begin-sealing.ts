import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { rawRecipient } from '../age-key-text.ts';
import { chunkCountOf, headerMacLabel, payloadKeyLabel, payloadNonceBytes, tagBytes } from '../age-stream.ts';
import { writeAgeHeader } from '../write-age-header.ts';
import { fileKeyBytes, keyBytes } from '../x25519-format.ts';
import type { Sealing } from './sealing.ts';
import { wrapFileKey } from './wrap-file-key.ts';

/**
 * A new key for one file of so many bytes, which each of the recipients (`age1…`) can open alone.
 *
 * @throws HikyakuError `invalid-input` for no recipient or one that isn't
 */
export function beginSealing(recipients: readonly string[], plainBytes: number): Sealing {
  const fileKey = crypto.getRandomValues(new Uint8Array(fileKeyBytes));
  const nonce = crypto.getRandomValues(new Uint8Array(payloadNonceBytes));
  const stanzas = recipients.map((recipient) => wrapFileKey(fileKey, rawRecipient(recipient)));
  const macKey = derive(fileKey, undefined, headerMacLabel);
  const header = writeAgeHeader(stanzas, (authenticated) => hmac(sha256, macKey, authenticated));
  const head = new Uint8Array(header.length + nonce.length);
  head.set(header);
  head.set(nonce, header.length);
  return {
    head,
    payloadKey: derive(fileKey, nonce, payloadKeyLabel),
    plainBytes,
    sealedBytes: head.length + plainBytes + chunkCountOf(plainBytes) * tagBytes,
  };
}

function derive(fileKey: Uint8Array, salt: Uint8Array | undefined, label: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hkdf(sha256, fileKey, salt, new TextEncoder().encode(label), keyBytes));
}

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { HikyakuError } from '@hikyaku/types';
import type { Stanza } from '../write-age-header.ts';
import { keyBytes, wrapLabel, wrapNonce, wrapSalt, x25519Stanza } from '../x25519-format.ts';

/** @param recipient the raw public key. @throws HikyakuError `invalid-input` for one that hides nothing */
export function wrapFileKey(fileKey: Uint8Array, recipient: Uint8Array): Stanza {
  const ephemeral = x25519.keygen();
  const share = ephemeral.publicKey;
  const secret = agree(ephemeral.secretKey, recipient);
  const key = hkdf(sha256, secret, wrapSalt(share, recipient), new TextEncoder().encode(wrapLabel), keyBytes);
  return x25519Stanza(share, chacha20poly1305(key, wrapNonce).encrypt(fileKey));
}

/** With a point of low order the secret would be known to everybody. */
function agree(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(secretKey, publicKey);
  } catch (cause) {
    throw new HikyakuError('invalid-input', { details: { field: 'recipient' }, cause });
  }
}

import { encodeBase64, type Stanza } from './write-age-header.ts';

// For browsers too: no module of Node's.

export const x25519StanzaType = 'X25519';
export const fileKeyBytes = 16;
export const keyBytes = 32;

/** What HKDF makes the wrapping key with, of the secret that both sides agree on. */
export const wrapLabel = 'age-encryption.org/v1/X25519';

export function wrapSalt(share: Uint8Array, recipient: Uint8Array): Uint8Array {
  return Uint8Array.from([...share, ...recipient]);
}

/** Each wrapping key is used once. */
export const wrapNonce = new Uint8Array(12);

/** @param wrapped the file key under the wrapping key, with its tag */
export function x25519Stanza(share: Uint8Array, wrapped: Uint8Array): Stanza {
  return { type: x25519StanzaType, arguments: [encodeBase64(share)], body: wrapped };
}

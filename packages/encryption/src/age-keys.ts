import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { rawIdentity, rawRecipient, writeIdentity, writeRecipient } from './age-key-text.ts';

/** DER around a raw X25519 key: Node takes no bare bytes. RFC 8410. */
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** A new private key as age writes it: `AGE-SECRET-KEY-1…`. A secret: never logged, never in the database. */
export function generateIdentity(): string {
  const { privateKey } = generateKeyPairSync('x25519');
  const raw = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Prefix.length);
  return writeIdentity(raw);
}

/** The public key that belongs to an identity: `age1…`. @throws HikyakuError `invalid-input`, without the identity in it */
export function recipientOf(identity: string): string {
  return writeRecipient(rawPublicKey(createPublicKey(privateKeyOf(identity))));
}

/** Whether files can be encrypted for it: an `age1…` of X25519 that is well-formed and no key that hides nothing. */
export function isRecipient(text: string): boolean {
  try {
    const { privateKey } = generateKeyPairSync('x25519');
    return diffieHellman({ privateKey, publicKey: publicKeyOf(text) }).some((byte) => byte !== 0);
  } catch {
    return false;
  }
}

export function isIdentity(text: string): boolean {
  return rawIdentity(text) !== undefined;
}

/** What two people compare on the telephone: the first 16 hex digits of the SHA-256 of the public key's text. */
export function fingerprintOf(recipient: string): string {
  const digest = createHash('sha256').update(recipient).digest('hex').slice(0, 16);
  return digest.replace(/(....)(?=.)/g, '$1 ');
}

export function privateKeyOf(identity: string): KeyObject {
  const raw = rawIdentity(identity.trim());
  if (!raw) throw new HikyakuError('invalid-input', { details: { field: 'identity' } });
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, raw]), format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(recipient: string): KeyObject {
  return publicKeyOfRaw(rawRecipient(recipient));
}

export function publicKeyOfRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
}

export function rawPublicKey(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length);
}

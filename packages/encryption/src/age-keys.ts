import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { decodeBech32, encodeBech32 } from './bech32.ts';

const identityPrefix = 'age-secret-key-';
const recipientPrefix = 'age';
const keyBytes = 32;

/** DER around a raw X25519 key: Node takes no bare bytes. RFC 8410. */
const pkcs8Prefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** A new private key as age writes it: `AGE-SECRET-KEY-1…`. A secret: never logged, never in the database. */
export function generateIdentity(): string {
  const { privateKey } = generateKeyPairSync('x25519');
  const raw = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Prefix.length);
  return encodeBech32(identityPrefix, raw).toUpperCase();
}

/** The public key that belongs to an identity: `age1…`. @throws HikyakuError `invalid-input`, without the identity in it */
export function recipientOf(identity: string): string {
  return encodeBech32(recipientPrefix, rawPublicKey(createPublicKey(privateKeyOf(identity))));
}

export function isIdentity(text: string): boolean {
  return rawKey(text, identityPrefix) !== undefined;
}

/** What two people compare on the telephone: the first 16 hex digits of the SHA-256 of the public key's text. */
export function fingerprintOf(recipient: string): string {
  const digest = createHash('sha256').update(recipient).digest('hex').slice(0, 16);
  return digest.replace(/(....)(?=.)/g, '$1 ');
}

export function privateKeyOf(identity: string): KeyObject {
  const raw = rawKey(identity.trim(), identityPrefix);
  if (!raw) throw new HikyakuError('invalid-input', { details: { field: 'identity' } });
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, raw]), format: 'der', type: 'pkcs8' });
}

export function publicKeyOf(recipient: string): KeyObject {
  const raw = rawKey(recipient, recipientPrefix);
  if (!raw) throw new HikyakuError('invalid-input', { details: { field: 'recipient' } });
  return publicKeyOfRaw(raw);
}

export function publicKeyOfRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
}

export function rawPublicKey(key: KeyObject): Uint8Array {
  return key.export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length);
}

function rawKey(text: string, prefix: string): Uint8Array | undefined {
  const decoded = decodeBech32(text);
  return decoded?.prefix === prefix && decoded.bytes.length === keyBytes ? decoded.bytes : undefined;
}

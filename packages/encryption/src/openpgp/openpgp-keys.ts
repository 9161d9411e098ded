import { HikyakuError } from '@hikyaku/types';
import { generateKey, type PrivateKey, type PublicKey, readKey, readPrivateKey } from 'openpgp';

export interface OpenPgpKeyPair {
  /** In armor. A secret: never logged, never in the database. */
  privateKey: string;
  /** In armor. */
  publicKey: string;
  /** 40 hexadecimal digits in capitals, as `gpg` prints them. */
  fingerprint: string;
}

/** A key that GnuPG of any age in use can encrypt for: Curve25519 in the form from before RFC 9580. It doesn't expire. */
export async function createOpenPgpKeyPair(name: string): Promise<OpenPgpKeyPair> {
  const { privateKey, publicKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name }],
    format: 'armored',
  });
  return { privateKey, publicKey, fingerprint: await openPgpFingerprintOf(publicKey) };
}

/** @throws HikyakuError `invalid-input` for what is no key in armor */
export async function openPgpFingerprintOf(key: string): Promise<string> {
  return (await parsePublicKey(key)).getFingerprint().toUpperCase();
}

/** The public part of a private key, in armor. @throws HikyakuError `invalid-input`, without the key in it */
export async function openPgpPublicKeyOf(privateKey: string): Promise<string> {
  return (await parsePrivateKey(privateKey)).toPublic().armor();
}

/** @throws HikyakuError `invalid-input` for what is no key in armor, or one that a passphrase locks */
export async function parsePrivateKey(armoredKey: string): Promise<PrivateKey> {
  const key = await readPrivateKey({ armoredKey }).catch(() => undefined);
  if (!key?.isDecrypted()) throw new HikyakuError('invalid-input', { details: { field: 'privateKey' } });
  return key;
}

/** @throws HikyakuError `invalid-input` for what is no key in armor */
export async function parsePublicKey(armoredKey: string): Promise<PublicKey> {
  const key = await readKey({ armoredKey }).catch(() => undefined);
  if (!key) throw new HikyakuError('invalid-input', { details: { field: 'trustedKeys' } });
  return key.toPublic();
}

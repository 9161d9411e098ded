import { randomBytes } from 'node:crypto';
import type { PublicPart } from '@hikyaku/db';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import type { SecretKey } from '@hikyaku/encryption/key-store';
import { createOpenPgpKeyPair, openPgpFingerprintOf, openPgpPublicKeyOf } from '@hikyaku/encryption/openpgp';

/** 150 bits, in letters that nobody misreads on the telephone. */
const passphraseGroups = 6;

/** @param name whom an OpenPGP key is for, as `gpg` will show it */
export async function makeKey(kind: SecretKey['kind'], name: string): Promise<SecretKey> {
  if (kind === 'age') return { kind, identity: generateIdentity() };
  if (kind === 'passphrase') return { kind, passphrase: generatePassphrase() };
  return { kind, privateKey: (await createOpenPgpKeyPair(name)).privateKey };
}

/** What is registered of a key, and may be known to everybody. @throws HikyakuError `invalid-input` */
export async function publicPartOf(key: SecretKey): Promise<PublicPart> {
  if (key.kind === 'age') return { kind: 'age', publicKey: recipientOf(key.identity) };
  if (key.kind === 'passphrase') return { kind: 'passphrase' };
  const certificate = await openPgpPublicKeyOf(key.privateKey);
  return { kind: 'openpgp', fingerprint: await openPgpFingerprintOf(certificate), certificate };
}

function generatePassphrase(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const group = () => Array.from(randomBytes(5), (byte) => letters[byte % letters.length]).join('');
  return Array.from({ length: passphraseGroups }, group).join('-');
}

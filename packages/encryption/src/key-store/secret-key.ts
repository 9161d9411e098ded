import { isIdentity } from '../age-keys.ts';
import { openPgpPublicKeyOf } from '../openpgp/openpgp-keys.ts';

/** What opens files: never logged, never in the database. */
export type SecretKey =
  /** `AGE-SECRET-KEY-1…` */
  | { kind: 'age'; identity: string }
  /** In armor, unlocked. */
  | { kind: 'openpgp'; privateKey: string }
  | { kind: 'passphrase'; passphrase: string };

const openPgpBeginning = '-----BEGIN PGP PRIVATE KEY BLOCK-----';
const passphraseLine = /^passphrase: (\S.*)$/;

/**
 * The key in a file: one of `age-keygen`, one of `gpg --armor --export-secret-keys`, or a line `passphrase: …`. Lines that begin
 * with `#` say nothing. Undefined for anything else, and for a private key that is locked itself.
 */
export async function parseSecretKey(text: string): Promise<SecretKey | undefined> {
  if (text.trimStart().startsWith(openPgpBeginning)) {
    const privateKey = text.trim();
    const publicKey = await openPgpPublicKeyOf(privateKey).catch(() => undefined);
    return publicKey === undefined ? undefined : { kind: 'openpgp', privateKey };
  }
  const lines = text.split('\n').map((line) => line.trim());
  const line = lines.find((one) => one !== '' && !one.startsWith('#')) ?? '';
  const [, passphrase] = passphraseLine.exec(line) ?? [];
  if (passphrase !== undefined) return { kind: 'passphrase', passphrase };
  return isIdentity(line) ? { kind: 'age', identity: line } : undefined;
}

/** As `parseSecretKey` reads it. */
export function writeSecretKey(key: SecretKey): string {
  if (key.kind === 'age') return `${key.identity}\n`;
  return key.kind === 'openpgp' ? `${key.privateKey.trim()}\n` : `passphrase: ${key.passphrase}\n`;
}

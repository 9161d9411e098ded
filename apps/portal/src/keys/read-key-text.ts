export type KeyText =
  /** Of this alone the page sends anything: 32 bytes of X25519 as age writes public keys. */
  | { kind: 'public'; publicKey: string }
  /** Known to be private, or to hold something that is. */
  | { kind: 'private' }
  /** Perhaps the beginning of one that is typed. */
  | { kind: 'other' };

/** What comes before it where age-keygen says it, or in its file. */
const namedPublicKey = /^#?\s*public key:\s*/i;
const publicKey = /^age1[02-9ac-hj-np-z]{58}$/;

/** As age, OpenPGP, OpenSSH, OpenSSL, PuTTY, minisign and JWK mark what is private; line ends are lost in a field of one line. */
const marksOfPrivateKeys = [
  /AGE-SECRET-KEY-|AGE-PLUGIN-[A-Z0-9]+-1/i,
  /BEGIN [A-Z ]*PRIVATE KEY/i,
  /PuTTY-User-Key-File|minisign encrypted secret key/i,
  /"d"\s*:/,
];

/** What somebody entered as a public key. A text is public by what it is, never by what it is not. */
export function readKeyText(text: string): KeyText {
  if (holdsPrivateKey(text)) return { kind: 'private' };
  const trimmed = text.trim().replace(namedPublicKey, '');
  const lower = trimmed.toLowerCase();
  const isOneCase = trimmed === lower || trimmed === trimmed.toUpperCase();
  return isOneCase && publicKey.test(lower) ? { kind: 'public', publicKey: lower } : { kind: 'other' };
}

export function holdsPrivateKey(text: string): boolean {
  return marksOfPrivateKeys.some((mark) => mark.test(text));
}

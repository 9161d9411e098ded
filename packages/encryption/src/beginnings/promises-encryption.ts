/** `.gpg` is what GnuPG calls a file that is signed alone, too. */
const encrypted = /\.(age|gpg|pgp)(\.gz|\.zip)?$/i;
const encryptedOnly = /\.age(\.gz|\.zip)?$/i;

/**
 * Whether a name says that its file is encrypted: what is not is refused then, so that nobody's open file passes for a sealed one.
 *
 * @param isSigned An OpenPGP message that is signed and not encrypted, which may be called `.gpg`.
 */
export function promisesEncryption(fileName: string, isSigned = false): boolean {
  return (isSigned ? encryptedOnly : encrypted).test(fileName);
}

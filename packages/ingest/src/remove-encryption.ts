import { ageBeginning, armorHeader, decryptAge, mostArmorWhitespace, readArmor } from '@hikyaku/encryption';
import { promisesEncryption } from '@hikyaku/encryption/beginnings';
import {
  confirmOpenPgp,
  decryptOpenPgp,
  openPgpKindOf,
  type OpenPgpOptions,
  readOpenPgpArmor,
} from '@hikyaku/encryption/openpgp';
import { HikyakuError } from '@hikyaku/types';
import { peek } from './peek.ts';

/** Armor may have white space before it. */
const headBytes = mostArmorWhitespace + 64;

/** All that may open a file, those in use first. Secrets: never logged, never in the database. */
export interface DecryptionKeys {
  /** age's `AGE-SECRET-KEY-1…`. */
  identities: readonly string[];
  /** OpenPGP private keys in armor. */
  openPgpKeys: readonly string[];
  passphrases: readonly string[];
}

export interface EncryptionRules {
  /** What a name promises is held against the content: nobody's open file passes for an encrypted one. */
  fileName: string;
  /** Whether a file may come open. */
  isRequired?: boolean;
  /** Asked for encrypted files only. */
  findKeys: () => Promise<DecryptionKeys>;
  /** OpenPGP public keys in armor, one of which must have signed the message; undefined where none needs to. */
  openPgpSigners?: readonly string[] | undefined;
  /** What a compressed message may unpack to. */
  maxContentBytes: number;
}

interface OpenedFile {
  encryption: 'age' | 'openpgp' | null;
  source: AsyncIterable<Uint8Array>;
}

/**
 * Takes off encryption, and the signature of an OpenPGP message, told by the first bytes: age and OpenPGP, binary and in
 * armor. The source is closed whatever happens; that the file is whole, and by whom it says it is, is known only when the
 * returned one has ended without throwing.
 *
 * @throws HikyakuError, here or while reading: those of `decryptAge`, `decryptOpenPgp`, `confirmOpenPgp` and `findKeys`;
 * `not-encrypted` (expectedBy: `name` or `dataset`), `not-signed`
 */
export async function removeEncryption(source: AsyncIterable<Uint8Array>, rules: EncryptionRules): Promise<OpenedFile> {
  const stored = await peek(source, headBytes);
  try {
    return await open(stored, rules);
  } catch (error) {
    await stored.source.return?.();
    throw error;
  }
}

async function open(stored: Peeked, rules: EncryptionRules): Promise<OpenedFile> {
  const isArmoredAge = beginsWith(stored.head, armorHeader, true);
  if (isArmoredAge || beginsWith(stored.head, ageBeginning)) {
    if (rules.openPgpSigners) throw new HikyakuError('not-signed');
    const { identities, passphrases } = await rules.findKeys();
    const binary = isArmoredAge ? readArmor(stored.source) : stored.source;
    return { encryption: 'age', source: decryptAge(binary, { identities, passphrases }) };
  }
  if (openPgpKindOf(stored.head) !== undefined) return openOpenPgp(stored, rules);
  refuseOpen(rules, false);
  if (rules.openPgpSigners) throw new HikyakuError('not-signed');
  return { encryption: null, source: stored.source };
}

async function openOpenPgp(stored: Peeked, rules: EncryptionRules): Promise<OpenedFile> {
  const isArmored = openPgpKindOf(stored.head) === 'armored';
  const { head, source } = isArmored ? await peek(readOpenPgpArmor(stored.source), headBytes) : stored;
  const options: OpenPgpOptions = { trustedKeys: rules.openPgpSigners, maxContentBytes: rules.maxContentBytes };
  const kind = openPgpKindOf(head);
  if (kind === 'encrypted') {
    const { openPgpKeys: privateKeys, passphrases } = await rules.findKeys();
    return { encryption: 'openpgp', source: decryptOpenPgp(source, { privateKeys, passphrases }, options) };
  }
  if (kind !== 'signed') throw new HikyakuError('damaged-encryption', { details: { damage: 'header' } });
  refuseOpen(rules, true);
  return { encryption: null, source: confirmOpenPgp(source, options) };
}

function refuseOpen({ fileName, isRequired }: EncryptionRules, isSigned: boolean): void {
  const isPromised = promisesEncryption(fileName, isSigned);
  if (!isPromised && !isRequired) return;
  throw new HikyakuError('not-encrypted', { details: { expectedBy: isPromised ? 'name' : 'dataset' } });
}

type Peeked = Awaited<ReturnType<typeof peek>>;

function beginsWith(head: Buffer, beginning: string, afterWhitespace = false): boolean {
  const text = head.toString('latin1');
  return (afterWhitespace ? text.trimStart() : text).startsWith(beginning);
}

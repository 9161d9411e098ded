import { readFile } from 'node:fs/promises';
import { savedText } from '@hikyaku/datasets/saved-text';
import type { RecipientAnswer } from '../api/answers.ts';
import { CommandFailure } from '../command-failure.ts';

/** Who can open what is sent: each of these alone. */
export interface Audience {
  kind: 'age' | 'openpgp';
  /** `age1…`, or keys in armor. */
  publicKeys: string[];
  /** What two people compare on the telephone. */
  fingerprints: string[];
}

export interface AudienceWish {
  /** For the organization, whose keys the server knows. */
  encrypt?: boolean;
  openpgp?: boolean;
  /** For others: `age1…`, with `openpgp` files of public keys. */
  recipient: readonly string[];
}

/**
 * Undefined where nothing is to be encrypted.
 *
 * @param ofOrganization asked for only where it is needed
 * @throws CommandFailure no-recipients, not-a-recipient
 */
export async function findAudience(
  { encrypt, openpgp, recipient }: AudienceWish,
  ofOrganization: () => Promise<RecipientAnswer[]>,
): Promise<Audience | undefined> {
  if (!encrypt && recipient.length === 0) return undefined;
  const kind = openpgp ? 'openpgp' : 'age';
  const known = encrypt ? (await ofOrganization()).filter((key) => key.kind === kind) : [];
  if (encrypt && known.length === 0) throw new CommandFailure('no-recipients', { kind: openpgp ? 'OpenPGP' : 'age' });
  const others = openpgp ? await Promise.all(recipient.map(readKeyFile)) : recipient;
  const publicKeys = [...known.map(({ publicKey }) => publicKey), ...others];
  return { kind, publicKeys, fingerprints: await Promise.all(publicKeys.map(openpgp ? checkOpenPgpKey : checkAgeKey)) };
}

/** Tried out on nothing, before anything is begun. */
async function checkAgeKey(publicKey: string): Promise<string> {
  const { encryptAge, fingerprintOf } = await import('@hikyaku/encryption');
  await encryptAge(nothing(), [publicKey])
    .next()
    .catch((cause: unknown) => {
      throw new CommandFailure('not-a-recipient', { input: publicKey }, { cause });
    });
  return fingerprintOf(publicKey);
}

async function checkOpenPgpKey(publicKey: string): Promise<string> {
  const { openPgpFingerprintOf } = await import('@hikyaku/encryption/openpgp');
  return openPgpFingerprintOf(publicKey).catch((cause: unknown) => {
    throw new CommandFailure('not-a-recipient', { input: publicKey.split('\n')[0] ?? '' }, { cause });
  });
}

async function readKeyFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CommandFailure('not-a-recipient', { input: path }, { cause });
  });
  return savedText(bytes);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

import {
  type DamagedFile,
  damagedFiles,
  type SealedFile,
  sealedFiles,
  type SealedForm,
  type SealingKeys,
} from '@hikyaku/encryption/testing';
import { createMinisignKeyPair } from '@hikyaku/encryption/minisign';
import { createOpenPgpKeyPair } from '@hikyaku/encryption/openpgp';
import { type SeededRandom, seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { FileErrorCode, TableDefinition } from '@hikyaku/types';
import { sampleDefinition, sampleFile } from '../sample-file.ts';
import type { PoisonFile } from './poison-file.ts';

/** Whose private parts, and what passphrase, the worker has. */
export type Recipients = Pick<SealingKeys, 'recipient' | 'passphrase' | 'openPgpRecipient'>;

const suffix: Record<SealedForm, string> = {
  age: '.age',
  'age-armor': '.age',
  'age-passphrase': '.age',
  openpgp: '.gpg',
  'openpgp-signed': '.gpg',
  minisign: '',
};

/** Of a file whose first line is changed, or its first bytes: what is said before anybody comes to what damaged it. */
const saidOfHeader: readonly FileErrorCode[] = ['missing-columns', 'not-csv', 'not-utf8'];
const saidOfBeginning: readonly FileErrorCode[] = ['not-encrypted'];
const beginningBytes = 24;

/**
 * `count` files that somebody or something changed, for somebody else, or by somebody else: refused as a whole, with nothing
 * taken in. Every way of damage in turn, at places that the seed picks. Behind them the same files as they were, of which
 * every row is taken in: the others are refused for their damage alone.
 */
export async function damagedCiphertexts(seed: number, recipients: Recipients, count: number): Promise<PoisonFile[]> {
  const random = seededRandom(seed);
  const form = { label: 'sealed', rows: 7_000, keys: 7_000, wrapping: 'plain' as const };
  const sample = await sampleFile(random, { ...form, publicKey: recipients.recipient });
  const keys = {
    ...recipients,
    openPgpSigner: await createOpenPgpKeyPair('partner'),
    minisignSigner: createMinisignKeyPair(),
  };
  const definitions = definitionsFor(keys);
  const sound = await sealedFiles(sample.bytes, keys);
  const damaged = await pick(damagedFiles(seed, sample.bytes, keys), random, count);
  const asFile = ({ form: kind, bytes, signature }: SealedFile, name: string) => ({
    name: `${kind}, ${name}`,
    fileName: `${kind}-${name.replaceAll(/[^a-z0-9]+/g, '-')}.csv${suffix[kind]}`,
    bytes,
    ...(signature ? { signature } : {}),
    definition: definitions[kind],
  });
  const asDamaged = (file: DamagedFile, index: number): PoisonFile => {
    const original = sound.find(({ form: kind }) => kind === file.form);
    const causes = original ? causesOf(file, original) : file.codes;
    return { ...asFile(file, `${file.damage}, ${file.name} ${index}`), expected: { state: 'refused', causes } };
  };
  const asSound = (file: SealedFile): PoisonFile => ({
    ...asFile(file, 'sound'),
    expected: { state: 'taken_in', rows: sample.rows, rejects: [] },
  });
  return [...damaged.map(asDamaged), ...sound.map(asSound)];
}

/** A file that has to be signed and lies there alone: its signature may be on its way, and then it waits for a person. */
export async function unsignedFile(seed: number, recipients: Recipients): Promise<PoisonFile> {
  const form = { label: 'unsigned', rows: 100, keys: 100, wrapping: 'plain' as const };
  const { name, bytes } = await sampleFile(seededRandom(seed), { ...form, publicKey: recipients.recipient });
  const { publicKey } = createMinisignKeyPair();
  return {
    name: 'without its signature',
    fileName: name,
    bytes,
    definition: { ...sampleDefinition, signature: { kind: 'minisign', trustedKeys: [publicKey] } },
    expected: { state: 'failed', causes: ['signature-missing'] },
  };
}

function definitionsFor({ openPgpSigner, minisignSigner }: SealingKeys): Record<SealedForm, TableDefinition> {
  const openPgp: TableDefinition = {
    ...sampleDefinition,
    signature: { kind: 'openpgp', trustedKeys: [openPgpSigner.publicKey] },
  };
  const minisign: TableDefinition = {
    ...sampleDefinition,
    signature: { kind: 'minisign', trustedKeys: [minisignSigner.publicKey] },
  };
  const any = sampleDefinition;
  return { age: any, 'age-armor': any, 'age-passphrase': any, openpgp: openPgp, 'openpgp-signed': openPgp, minisign };
}

/** Some of each form and damage, and one of each before the second of any. */
async function pick(files: AsyncIterable<DamagedFile>, random: SeededRandom, count: number): Promise<DamagedFile[]> {
  const kept = new Map<string, { seen: number; files: DamagedFile[] }>();
  const mostOfEach = Math.ceil(count / 6);
  for await (const file of files) {
    const kind = `${file.form} ${file.damage}`;
    const of = kept.get(kind) ?? { seen: 0, files: [] };
    kept.set(kind, of);
    of.seen += 1;
    // Each with the same chance, without holding all of them.
    const place = of.files.length < mostOfEach ? of.files.length : random.integer(0, of.seen - 1);
    if (place < mostOfEach) of.files[place] = file;
  }
  const rounds = Array.from({ length: mostOfEach }, (_, round) =>
    [...kept.values()].flatMap((of) => of.files[round] ?? []),
  );
  return rounds.flat().slice(0, count);
}

/** What the worker may say, which looks at a file's size, its name and its first bytes before anybody reads it. */
function causesOf({ bytes, codes }: DamagedFile, sound: SealedFile): readonly FileErrorCode[] {
  if (bytes.length === 0) return ['empty-file'];
  const isMinisign = sound.form === 'minisign';
  const beginning = sound.bytes.subarray(0, isMinisign ? sound.bytes.indexOf('\n') + 1 : beginningBytes);
  if (bytes.subarray(0, beginning.length).equals(beginning)) return codes;
  return [...codes, ...(isMinisign ? saidOfHeader : saidOfBeginning)];
}

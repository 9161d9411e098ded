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
  const [first = [], ...more] = await pick(damagedFiles(seed, sample.bytes, keys), random, count);
  const asFile = ({ form: kind, bytes, signature }: SealedFile, name: string) => ({
    name: `${kind}, ${name}`,
    fileName: `${kind}-${name.replaceAll(/[^a-z0-9]+/g, '-')}.csv${suffix[kind]}`,
    bytes,
    ...(signature ? { signature } : {}),
    definition: definitions[kind],
  });
  const asDamaged = (file: DamagedFile, index: number): PoisonFile => {
    const original = sound.find(({ form: kind }) => kind === file.form);
    const causes = [...file.codes, ...(original ? saidBefore(file, original) : [])];
    return { ...asFile(file, `${file.damage}, ${file.name} ${index}`), expected: { state: 'refused', causes } };
  };
  const unsigned: PoisonFile = {
    ...asFile({ form: 'minisign', bytes: sample.bytes }, 'no signature'),
    // It may be on its way: tried again, and then left to a person.
    expected: { state: 'failed', causes: ['signature-missing'] },
  };
  const asSound = (file: SealedFile): PoisonFile => ({
    ...asFile(file, 'sound'),
    expected: { state: 'taken_in', rows: sample.rows, rejects: [] },
  });
  const damaged = [...first.map(asDamaged), unsigned, ...more.flat().map(asDamaged)];
  return [...damaged.slice(0, count), ...sound.map(asSound)];
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

/** Some of each form and damage: in the first round one of each, and so on. */
async function pick(files: AsyncIterable<DamagedFile>, random: SeededRandom, count: number): Promise<DamagedFile[][]> {
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
  return Array.from({ length: mostOfEach }, (_, round) => [...kept.values()].flatMap((of) => of.files[round] ?? []));
}

function saidBefore({ bytes }: DamagedFile, sound: SealedFile): readonly FileErrorCode[] {
  if (sound.form === 'minisign') {
    const firstLine = sound.bytes.subarray(0, sound.bytes.indexOf('\n') + 1);
    return bytes.subarray(0, firstLine.length).equals(firstLine) ? [] : saidOfHeader;
  }
  const beginning = sound.bytes.subarray(0, beginningBytes);
  return bytes.subarray(0, beginningBytes).equals(beginning) ? [] : saidOfBeginning;
}

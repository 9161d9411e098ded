import { randomBytes, randomInt } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { beforeAll, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import { decryptAge, generateIdentity, readArmor, recipientOf } from '../index.ts';
import { confirmMinisign, createMinisignKeyPair } from '../minisign/index.ts';
import { confirmOpenPgp, createOpenPgpKeyPair, decryptOpenPgp, type OpenPgpKeyPair } from '../openpgp/index.ts';
import { damagedFiles, type SealedFile, sealedFiles, type SealedForm, type SealingKeys } from './index.ts';

const content = randomBytes(5 * 64 * 1024 + 1_000);
const identity = generateIdentity();
const passphrase = 'correct horse';
const minisignSigner = createMinisignKeyPair();
let ours: OpenPgpKeyPair;
let keys: SealingKeys;

beforeAll(async () => {
  const [recipient, openPgpSigner] = await Promise.all([createOpenPgpKeyPair('ours'), createOpenPgpKeyPair('signer')]);
  ours = recipient;
  keys = {
    recipient: recipientOf(identity),
    passphrase,
    openPgpRecipient: ours.publicKey,
    openPgpSigner,
    minisignSigner,
  };
});

/** As the pipeline reads them. */
function read({ form, bytes, signature = Buffer.alloc(0) }: SealedFile): AsyncIterable<Uint8Array> {
  const source = piecesOf(bytes, 50_000);
  const ageSecrets = { identities: [identity], passphrases: [passphrase] };
  const options = { trustedKeys: [keys.openPgpSigner.publicKey], maxContentBytes: 1e9 };
  switch (form) {
    case 'age':
    case 'age-passphrase':
      return decryptAge(source, ageSecrets);
    case 'age-armor':
      return decryptAge(readArmor(source), ageSecrets);
    case 'minisign':
      return confirmMinisign(source, signature, [minisignSigner.publicKey]);
    case 'openpgp':
      return decryptOpenPgp(source, { privateKeys: [ours.privateKey] }, options);
    case 'openpgp-signed':
      return confirmOpenPgp(source, options);
    default:
      return form satisfies never;
  }
}

test('each form is read while nobody damages it', async () => {
  for (const file of await sealedFiles(content, keys)) {
    expect((await gather(read(file))).equals(content), file.form).toBe(true);
  }
});

test('no damaged file ends cleanly, and each says why in a way a program can read', { timeout: 60_000 }, async () => {
  const seed = randomInt(1, 1_000_000);
  process.stderr.write(`seed of the damaged files: ${seed}\n`);
  const count: Partial<Record<SealedForm, number>> = {};
  for await (const file of damagedFiles(seed, content, keys)) {
    const { form, damage, name, codes } = file;
    const error: unknown = await gather(read(file)).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const which = `${form}, ${damage}, ${name}, seed ${seed}`;
    expect(error, which).toBeInstanceOf(HikyakuError);
    expect(codes, `${which}: ${String(error)}`).toContain(error instanceof HikyakuError ? error.code : error);
    count[form] = (count[form] ?? 0) + 1;
  }
  expect(count['age']).toBeGreaterThan(250);
  expect(count['age-passphrase']).toBeGreaterThan(250);
  expect(count['age-armor']).toBeGreaterThan(100);
  expect(count['openpgp']).toBeGreaterThan(100);
  expect(count['openpgp-signed']).toBeGreaterThan(50);
  expect(count['minisign']).toBeGreaterThan(250);
});

async function placesOf(seed: number): Promise<string[]> {
  const all: string[] = [];
  for await (const { form, name } of damagedFiles(seed, content, keys)) if (form === 'age') all.push(name);
  return all;
}

test('the same seed changes the same places', async () => {
  expect(await placesOf(7)).toEqual(await placesOf(7));
  expect(await placesOf(8)).not.toEqual(await placesOf(7));
});

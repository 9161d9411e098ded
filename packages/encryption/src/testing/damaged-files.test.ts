import { randomBytes, randomInt } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { beforeAll, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import { decryptAge, generateIdentity, readArmor, recipientOf } from '../index.ts';
import { confirmMinisign, createMinisignKeyPair } from '../minisign/index.ts';
import { createOpenPgpKeyPair, decryptOpenPgp, type OpenPgpKeyPair } from '../openpgp/index.ts';
import { type DamagedFile, damagedFiles, type DamagedForm } from './index.ts';

const content = randomBytes(5 * 64 * 1024 + 1_000);
const identity = generateIdentity();
const minisignSigner = createMinisignKeyPair();
let ours: OpenPgpKeyPair;
let openPgpSigner: OpenPgpKeyPair;

beforeAll(async () => {
  [ours, openPgpSigner] = await Promise.all([createOpenPgpKeyPair('ours'), createOpenPgpKeyPair('signer')]);
});

/** As the pipeline reads them. */
function read({ form, bytes, signature }: DamagedFile): AsyncIterable<Uint8Array> {
  const source = piecesOf(bytes, 50_000);
  if (form === 'age') return decryptAge(source, { identities: [identity] });
  if (form === 'age-armor') return decryptAge(readArmor(source), { identities: [identity] });
  if (form === 'minisign') {
    return confirmMinisign(source, signature ?? Buffer.alloc(0), [minisignSigner.publicKey]);
  }
  const secrets = { privateKeys: [ours.privateKey] };
  return decryptOpenPgp(source, secrets, { trustedKeys: [openPgpSigner.publicKey], maxContentBytes: 1e9 });
}

const codes = new Set([
  'damaged-encryption',
  'wrong-key',
  'unsupported-encryption',
  'not-signed',
  'signature-untrusted',
  'signature-invalid',
]);

test('no damaged file ends cleanly, and each says why in a way a program can read', { timeout: 60_000 }, async () => {
  const seed = randomInt(1, 1_000_000);
  process.stderr.write(`seed of the damaged files: ${seed}\n`);
  const keys = { recipient: recipientOf(identity), openPgpRecipient: ours.publicKey, openPgpSigner, minisignSigner };
  const count: Partial<Record<DamagedForm, number>> = {};
  for await (const file of damagedFiles(seed, content, keys)) {
    const error: unknown = await gather(read(file)).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    const which = `${file.form}, ${file.name}, seed ${seed}`;
    expect(error, which).toBeInstanceOf(HikyakuError);
    expect(codes, `${which}: ${String(error)}`).toContain(error instanceof HikyakuError ? error.code : error);
    count[file.form] = (count[file.form] ?? 0) + 1;
  }
  expect(count['age']).toBeGreaterThan(250);
  expect(count['age-armor']).toBeGreaterThan(100);
  expect(count['openpgp']).toBeGreaterThan(100);
  expect(count['minisign']).toBeGreaterThan(250);
});

test('the same seed changes the same places', async () => {
  const keys = { recipient: recipientOf(identity), openPgpRecipient: ours.publicKey, openPgpSigner, minisignSigner };
  const names = async (seed: number) => {
    const all: string[] = [];
    for await (const { form, name } of damagedFiles(seed, content, keys)) if (form === 'age') all.push(name);
    return all;
  };
  expect(await names(7)).toEqual(await names(7));
  expect(await names(8)).not.toEqual(await names(7));
});

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { facts, portalUrl } from '../../test/sample-receipt.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { judgeReceipt, readPublishedKeys } from '../index.ts';
import { createReceiptIssuer, loadReceiptKeys, makeReceiptKey } from './index.ts';

const aKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const write = (folder: string, name: string, pem: string | Buffer, mode = 0o600) =>
  writeFile(join(folder, name), pem, { mode });

test('the first key is made once, for its owner alone to read', async () => {
  const folder = join(await temporaryFolder(), 'keys');
  await makeReceiptKey(folder, '2026-11-22');
  const first = await loadReceiptKeys(folder);
  await makeReceiptKey(folder, '2026-11-23');
  expect((await loadReceiptKeys(folder)).published).toEqual(first.published);
  expect(first.published).toMatchObject([{ kid: first.signing.keyId }]);
});

test("of a folder that was open to others the first key and the folder are its owner's alone", async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o777);
  await makeReceiptKey(folder, '2026-11-22');
  const modes = await Promise.all(
    [folder, join(folder, '2026-11-22.pem')].map(async (path) => (await stat(path)).mode),
  );
  expect(modes.map((mode) => mode & 0o777)).toEqual([0o700, 0o600]);
});

test('processes that start at the same time make one key, and nothing but keys stays', async () => {
  const folder = await temporaryFolder();
  await Promise.all(Array.from({ length: 32 }, () => makeReceiptKey(folder, '2026-11-22')));
  expect(await readdir(folder)).toEqual(['2026-11-22.pem']);
  expect((await loadReceiptKeys(folder)).published).toHaveLength(1);
});

test('what a start that was killed has left half is no key and in the way of none', async () => {
  const folder = await temporaryFolder();
  await write(folder, '.2026-11-22.0196f000', '-----BEGIN PRIV');
  await makeReceiptKey(folder, '2026-11-22');
  expect((await loadReceiptKeys(folder)).published).toHaveLength(1);
});

test.each([0o720, 0o702, 0o777])('a folder of mode %o, where others may add a key, is not used', async (mode) => {
  const folder = join(await temporaryFolder(), 'keys');
  await mkdir(folder);
  await write(folder, 'a.pem', aKey());
  await chmod(folder, mode);
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/may write into/);
});

test('a newer key takes over; the older one stays published, though its private part is gone', async () => {
  const folder = await temporaryFolder();
  await write(folder, '2026-01-01.pem', aKey());
  const earlier = createReceiptIssuer(await loadReceiptKeys(folder), portalUrl).issue(facts);
  await write(folder, '2027-01-01.pem', aKey());
  const old = await readFile(join(folder, '2026-01-01.pem'), 'utf8');
  await write(folder, '2026-01-01.pem', createPublicKey(old).export({ type: 'spki', format: 'pem' }));
  const issuer = createReceiptIssuer(await loadReceiptKeys(folder), portalUrl);
  const trusted = readPublishedKeys(issuer.publishedKeys);
  const verdicts = [earlier, issuer.issue(facts)].map(
    (file) => trusted && judgeReceipt(JSON.stringify(file), trusted).verdict,
  );
  expect(verdicts).toEqual(['genuine', 'genuine']);
  expect(issuer.publishedKeys.keys).toHaveLength(2);
});

test.each([0o640, 0o604])('a private key of mode %o is not used', async (mode) => {
  const folder = await temporaryFolder();
  await write(folder, 'a.pem', aKey());
  await chmod(join(folder, 'a.pem'), mode);
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/others than its owner/);
});

test('nor is a link, a key of another kind, a folder without a private key, or a file that is none', async () => {
  const folder = await temporaryFolder();
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/no private key/);
  const { publicKey } = generateKeyPairSync('ed25519');
  await write(folder, 'a.pem', publicKey.export({ type: 'spki', format: 'pem' }));
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/no private key/);
  await write(folder, 'a.pem', generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/no Ed25519 key/);
  await write(folder, 'a.pem', '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n');
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/^no key: /);
  await write(folder, 'a.pem', aKey());
  await symlink(join(folder, 'a.pem'), join(folder, 'b.pem'));
  await expect(loadReceiptKeys(folder)).rejects.toThrow(/ELOOP/);
});

import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateIdentity } from '../index.ts';
import { createOpenPgpKeyPair } from '../openpgp/index.ts';
import { createFolderKeyStore, type KeyStore } from './index.ts';

const identity = generateIdentity();
const key = { kind: 'age', identity } as const;
let parent: string;
let folder: string;
let store: KeyStore;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hikyaku-keys-'));
  folder = join(parent, 'keys');
  store = createFolderKeyStore(folder);
});
afterEach(() => rm(parent, { recursive: true }));

test('a key that was added is found, for the owner alone to read', async () => {
  await store.add('a.key', key);
  expect(await store.find('a.key')).toEqual(key);
  expect((await stat(join(folder, 'a.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('a key is never written over', async () => {
  await store.add('a.key', key);
  await expect(store.add('a.key', { kind: 'age', identity: generateIdentity() })).rejects.toMatchObject({
    code: 'key-unavailable',
  });
  expect(await store.find('a.key')).toEqual(key);
});

test('one that is not there is no error, nor is a folder that is not', async () => {
  expect(await store.find('a.key')).toBeUndefined();
  await store.add('a.key', key);
  expect(await store.find('b.key')).toBeUndefined();
});

test('the file of age-keygen is read as it is', async () => {
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'a.key'), `# created: 2026-11-22\n# public key: age1\n${identity}\n`, { mode: 0o600 });
  expect(await store.find('a.key')).toEqual(key);
});

test.each(['openpgp', 'passphrase'] as const)('so is a key of kind %s', async (kind) => {
  const { privateKey } = await createOpenPgpKeyPair('test');
  const other = kind === 'openpgp' ? { kind, privateKey: privateKey.trim() } : { kind, passphrase: '正しい 馬 電池' };
  await store.add('b.key', other);
  expect(await store.find('b.key')).toEqual(other);
});

describe('refused', () => {
  test.each([0o640, 0o604, 0o620, 0o666])('a file of mode %o', async (mode) => {
    await store.add('a.key', key);
    await chmod(join(folder, 'a.key'), mode);
    await expect(store.find('a.key')).rejects.toMatchObject({ code: 'key-unavailable', details: { reason: 'mode' } });
  });

  test('a folder that others may look into', async () => {
    await store.add('a.key', key);
    await chmod(folder, 0o755);
    const refusal = { code: 'key-unavailable', details: { reason: 'folder-mode' } };
    await expect(store.find('a.key')).rejects.toMatchObject(refusal);
    await expect(store.add('b.key', key)).rejects.toMatchObject(refusal);
  });

  test.each(['../a.key', '..', '.', '', '/etc/passwd', 'a/b', '.hidden', 'a\0', 'a..b', 'A.key', 'a'.repeat(201)])(
    'the name %j',
    async (reference) => {
      await mkdir(folder, { mode: 0o700 });
      await writeFile(join(parent, 'a.key'), identity, { mode: 0o600 });
      await expect(store.find(reference)).rejects.toMatchObject({ details: { reason: 'name' } });
      await expect(store.add(reference, key)).rejects.toMatchObject({ details: { reason: 'name' } });
    },
  );

  test('a link', async () => {
    await store.add('a.key', key);
    await symlink(join(folder, 'a.key'), join(folder, 'b.key'));
    await expect(store.find('b.key')).rejects.toMatchObject({ code: 'key-unavailable' });
  });

  test.each([
    'something secret',
    identity.replace('1', '2secret'),
    `# ${identity}`,
    'passphrase: ',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nc2VjcmV0\n-----END PGP PRIVATE KEY BLOCK-----\n',
  ])('a file without a sound key, without telling what is in it', async (text) => {
    await mkdir(folder, { mode: 0o700 });
    await writeFile(join(folder, 'a.key'), text, { mode: 0o600 });
    await expect(store.find('a.key')).rejects.toMatchObject({ details: { reason: 'content' } });
    await expect(store.find('a.key')).rejects.not.toThrow(/secret/i);
  });
});

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import {
  confirmOpenPgp,
  createOpenPgpKeyPair,
  decryptOpenPgp,
  encryptOpenPgp,
  openPgpKindOf,
  type OpenPgpKeyPair,
  readOpenPgpArmor,
  signOpenPgp,
} from './index.ts';

const run = promisify(execFile);
const maxContentBytes = 10_000_000;
/** Compresses well, so that what GnuPG does by itself is done. */
const plain = Buffer.from('id,name\n' + '1,飛脚\n'.repeat(100_000));

let folder: string;
let ours: OpenPgpKeyPair;
/** Made by GnuPG. */
let theirs: { fingerprint: string; publicKey: string; privateKey: string };

const file = (name: string) => join(folder, name);
const gpg = (...args: string[]) =>
  run('gpg', ['--homedir', folder, '--batch', '--yes', '--quiet', '--trust-model', 'always', ...args], {
    encoding: 'buffer',
    maxBuffer: maxContentBytes,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hk-gpg-'));
  await chmod(folder, 0o700);
  ours = await createOpenPgpKeyPair('Hikyaku');
  await writeFile(file('ours.asc'), ours.publicKey);
  await gpg('--import', file('ours.asc'));
  await gpg('--passphrase', '', '--quick-generate-key', 'Partner <partner@example.com>', 'rsa2048', 'default', 'never');
  const { stdout } = await gpg('--list-keys', '--with-colons', 'partner@example.com');
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(stdout.toString())?.[1] ?? '';
  await gpg('--passphrase', '', '--quick-add-key', fingerprint, 'rsa2048', 'encrypt', 'never');
  const [publicKey, privateKey] = await Promise.all([
    gpg('--armor', '--export', fingerprint),
    gpg('--armor', '--export-secret-keys', fingerprint),
  ]);
  theirs = { fingerprint, publicKey: publicKey.stdout.toString(), privateKey: privateKey.stdout.toString() };
  await writeFile(file('plain'), plain);
});

afterAll(async () => {
  await run('gpgconf', ['--homedir', folder, '--kill', 'all']);
  await rm(folder, { recursive: true });
});

describe("Debian's gpg", () => {
  test.each([
    ['as it is', []],
    ['without compression', ['--compress-algo', 'none']],
    ['with bzip2', ['--compress-algo', 'bzip2']],
    ['for a recipient it does not name', ['--throw-keyids']],
    ['in small pieces of unknown length', ['--set-filesize', '0']],
    ['as text', ['--armor']],
  ])('encrypts and signs for us, and we open and confirm it: %s', async (_, options) => {
    await gpg(...options, '-r', ours.fingerprint, '-u', theirs.fingerprint, '-o', file('sealed'), '-se', file('plain'));
    const sealed = await readFile(file('sealed'));
    const isArmored = options[0] === '--armor';
    expect(openPgpKindOf(sealed)).toBe(isArmored ? 'armored' : 'encrypted');
    const source = () => (isArmored ? readOpenPgpArmor(piecesOf(sealed)) : piecesOf(sealed));
    const secrets = { privateKeys: [ours.privateKey] };
    const trusting = { maxContentBytes, trustedKeys: [theirs.publicKey] };
    expect((await gather(decryptOpenPgp(source(), secrets, trusting))).equals(plain)).toBe(true);
    const trustingUs = { maxContentBytes, trustedKeys: [ours.publicKey] };
    await expect(gather(decryptOpenPgp(source(), secrets, trustingUs))).rejects.toMatchObject({
      code: 'signature-untrusted',
    });
  });

  test('signs without encrypting, and we confirm it', async () => {
    for (const options of [[], ['--compress-algo', 'none']]) {
      await gpg(...options, '-u', theirs.fingerprint, '-o', file('signed'), '--sign', file('plain'));
      const signed = await readFile(file('signed'));
      expect(openPgpKindOf(signed)).toBe('signed');
      const trusting = { maxContentBytes, trustedKeys: [ours.publicKey, theirs.publicKey] };
      expect((await gather(confirmOpenPgp(piecesOf(signed), trusting))).equals(plain)).toBe(true);
    }
  });

  test('closes with a passphrase, and we open it', async () => {
    const passphrase = ['--pinentry-mode', 'loopback', '--passphrase', 'correct horse'];
    await gpg(...passphrase, '-o', file('closed'), '--symmetric', file('plain'));
    const closed = await readFile(file('closed'));
    expect(openPgpKindOf(closed)).toBe('encrypted');
    const secrets = { privateKeys: [ours.privateKey], passphrases: ['another', 'correct horse'] };
    expect((await gather(decryptOpenPgp(piecesOf(closed), secrets, { maxContentBytes }))).equals(plain)).toBe(true);
  });

  test.each([0, 1, 1_000_000])('opens what we encrypt, and finds our signature good: %i bytes', async (size) => {
    const bytes = randomBytes(size);
    const audience = { recipients: [theirs.publicKey], signer: ours.privateKey };
    await writeFile(file('from-us'), encryptOpenPgp(piecesOf(bytes), audience));
    const { stdout, stderr } = await gpg('--status-fd', '2', '-d', file('from-us'));
    expect(stdout.equals(bytes)).toBe(true);
    expect(stderr.toString()).toContain(`VALIDSIG ${ours.fingerprint}`);
  });

  test('confirms what we sign', async () => {
    await writeFile(file('signed-by-us'), signOpenPgp(piecesOf(plain), ours.privateKey));
    const { stdout, stderr } = await gpg('--status-fd', '2', '-d', file('signed-by-us'));
    expect(stdout.equals(plain)).toBe(true);
    expect(stderr.toString()).toContain(`VALIDSIG ${ours.fingerprint}`);
  });

  test('has keys that we can open files with', async () => {
    await gpg('-r', theirs.fingerprint, '-o', file('own'), '-e', file('plain'));
    const secrets = { privateKeys: [theirs.privateKey] };
    const opened = decryptOpenPgp(piecesOf(await readFile(file('own'))), secrets, { maxContentBytes });
    expect((await gather(opened)).equals(plain)).toBe(true);
  });
});

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import { confirmMinisign, createMinisignKeyPair, signMinisign } from './index.ts';

const run = promisify(execFile);

let folder: string;
let file: (name: string) => string;
let publicKey: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-minisign-'));
  file = (name) => join(folder, name);
  await run('minisign', ['-G', '-W', '-p', file('key.pub'), '-s', file('key')]);
  publicKey = await readFile(file('key.pub'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true }));

async function sign(bytes: Uint8Array, ...more: string[]): Promise<Buffer> {
  await writeFile(file('message'), bytes);
  const args = ['-S', '-s', file('key'), '-m', file('message'), '-x', file('message.minisig'), '-t', 'taken: 今日'];
  await run('minisign', [...args, ...more]);
  return readFile(file('message.minisig'));
}

describe("Debian's minisign", () => {
  test.each([0, 1, 64, 1_000_000])('signs what we accept, in its new form and in its old: %i bytes', async (size) => {
    const bytes = randomBytes(size);
    for (const form of [[], ['-H'], ['-l']]) {
      const signature = await sign(bytes, ...form);
      expect((await gather(confirmMinisign(piecesOf(bytes), signature, [publicKey]))).equals(bytes)).toBe(true);
      const changed = Buffer.concat([bytes, Buffer.from('x')]);
      await expect(gather(confirmMinisign(piecesOf(changed), signature, [publicKey]))).rejects.toMatchObject({
        code: 'signature-invalid',
      });
    }
  });

  test.each([0, 1, 1_000_000])('accepts what we sign, with its comment: %i bytes', async (size) => {
    const bytes = randomBytes(size);
    const keys = createMinisignKeyPair();
    await writeFile(file('ours'), bytes);
    await writeFile(file('ours.minisig'), await signMinisign(piecesOf(bytes), keys, '受注'));
    const { stdout } = await run('minisign', ['-V', '-P', keys.publicKey, '-m', file('ours')]);
    expect(stdout).toContain('Trusted comment: 受注');
  });

  test('signs a large file in its old form, which we will not hold in memory', async () => {
    const bytes = Buffer.alloc(16 * 1024 ** 2 + 1);
    const signature = await sign(bytes, '-l');
    await expect(gather(confirmMinisign(piecesOf(bytes, 1024 ** 2), signature, [publicKey]))).rejects.toMatchObject({
      code: 'signature-invalid',
      details: { problem: 'legacy-too-large' },
    });
    const streamed = confirmMinisign(piecesOf(bytes, 1024 ** 2), await sign(bytes), [publicKey]);
    expect(await gather(streamed)).toHaveLength(bytes.length);
  });
});

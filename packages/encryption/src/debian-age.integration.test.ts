import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../test/age-files.ts';
import { decryptAge, encryptAge, generateIdentity, readArmor, recipientOf, writeArmor } from './index.ts';
import { beginSealing, sealRange } from './sealing/index.ts';

const run = promisify(execFile);
const chunk = 64 * 1024;

let folder: string;
let file: (name: string) => string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-age-'));
  file = (name) => join(folder, name);
});
afterAll(() => rm(folder, { recursive: true }));

describe("Debian's age", () => {
  test.each([0, 1, chunk, 2 * chunk, 5 * chunk + 77])(
    'reads what we write and writes what we read: %i bytes',
    async (size) => {
      const plain = randomBytes(size);
      const identity = generateIdentity();
      const recipient = recipientOf(identity);
      const other = recipientOf(generateIdentity());
      await writeFile(file('plain'), plain);
      await writeFile(file('key'), `${identity}\n`);

      await writeFile(file('ours.age'), encryptAge(piecesOf(plain), [other, recipient]));
      const decrypted = await run('age', ['-d', '-i', file('key'), file('ours.age')], { encoding: 'buffer' });
      expect(decrypted.stdout.equals(plain)).toBe(true);

      await run('age', ['-r', other, '-r', recipient, '-o', file('theirs.age'), file('plain')]);
      const theirs = await readFile(file('theirs.age'));
      expect((await gather(decryptAge(piecesOf(theirs), { identities: [identity] }))).equals(plain)).toBe(true);
    },
  );

  test.each([0, 1, chunk, 3 * 1024 ** 2 + 1])('reads what browsers seal in parts: %i bytes', async (size) => {
    const plain = randomBytes(size);
    const identity = generateIdentity();
    await writeFile(file('key'), `${identity}\n`);
    const sealing = beginSealing([recipientOf(generateIdentity()), recipientOf(identity)], size);
    const read = (start: number, end: number) => Promise.resolve(plain.subarray(start, end));
    const cut = Math.floor(sealing.sealedBytes / 3);
    const parts = [
      await sealRange(sealing, read, { start: 0, end: cut }),
      await sealRange(sealing, read, { start: cut, end: sealing.sealedBytes }),
    ];
    await writeFile(file('sealed.age'), Buffer.concat(parts));
    const decrypted = await run('age', ['-d', '-i', file('key'), file('sealed.age')], {
      encoding: 'buffer',
      maxBuffer: 2 * size + 1_024,
    });
    expect(decrypted.stdout.equals(plain)).toBe(true);
  });

  test.each([0, 48, 100_000])('reads and writes text form as we do: %i bytes', async (size) => {
    const plain = randomBytes(size);
    const identity = generateIdentity();
    const recipient = recipientOf(identity);
    await writeFile(file('plain'), plain);
    await writeFile(file('key'), `${identity}\n`);

    await writeFile(file('ours.asc'), writeArmor(encryptAge(piecesOf(plain), [recipient])));
    const decrypted = await run('age', ['-d', '-i', file('key'), file('ours.asc')], { encoding: 'buffer' });
    expect(decrypted.stdout.equals(plain)).toBe(true);

    await run('age', ['-a', '-r', recipient, '-o', file('theirs.asc'), file('plain')]);
    const theirs = readArmor(piecesOf(await readFile(file('theirs.asc'))));
    expect((await gather(decryptAge(theirs, { identities: [identity] }))).equals(plain)).toBe(true);
  });

  test('has the same public key for an identity, and we read the identities it makes', async () => {
    await run('age-keygen', ['-o', file('made')]);
    const text = await readFile(file('made'), 'utf8');
    const identity = text.split('\n').find((line) => line.startsWith('AGE-')) ?? '';
    expect(text).toContain(recipientOf(identity));
    await writeFile(file('ours'), `${generateIdentity()}\n`);
    const { stdout } = await run('age-keygen', ['-y', file('ours')]);
    expect(stdout.trim()).toBe(recipientOf((await readFile(file('ours'), 'utf8')).trim()));
  });
});

import { randomBytes } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { decryptUntilError, gather, piecesOf } from '../test/age-files.ts';
import { decryptAge, encryptAge, generateIdentity } from './index.ts';

const passphrase = '正しい 馬 電池 staple';
/** Tests are not what anybody guesses passphrases of. */
const workFactor = 2;
const plain = randomBytes(100_000);
const encrypt = (words: string) => gather(encryptAge(piecesOf(plain), { passphrase: words, workFactor }));

describe('a passphrase', () => {
  test('opens what it closed, among others that do not', async () => {
    const file = await encrypt(passphrase);
    const secrets = { identities: [generateIdentity()], passphrases: ['another', passphrase] };
    expect((await gather(decryptAge(piecesOf(file), secrets))).equals(plain)).toBe(true);
  });

  test('means the same to the npm package age-encryption, in both directions', async () => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    expect(Buffer.from(await decrypter.decrypt(await encrypt(passphrase))).equals(plain)).toBe(true);
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(workFactor);
    encrypter.setPassphrase(passphrase);
    const secrets = { identities: [], passphrases: [passphrase] };
    expect((await gather(decryptAge(piecesOf(await encrypter.encrypt(plain)), secrets))).equals(plain)).toBe(true);
  });

  test('that is wrong opens nothing', async () => {
    const secrets = { identities: [generateIdentity()], passphrases: ['wrong', 'wronger'] };
    const { plain: first, error } = await decryptUntilError(await encrypt(passphrase), secrets);
    expect(error).toMatchObject({ code: 'wrong-key', details: { kind: 'passphrase' } });
    expect(first).toHaveLength(0);
  });

  test('that nobody has is told as that', async () => {
    const { error } = await decryptUntilError(await encrypt(passphrase), [generateIdentity()]);
    expect(error).toMatchObject({ code: 'unsupported-encryption', details: { kind: 'passphrase' } });
  });

  test('is never empty', async () => {
    await expect(encrypt('')).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('what a header asks for', () => {
  const withWorkFactor = async (text: string) => {
    const file = await encrypt(passphrase);
    const line = file.toString('latin1').split('\n')[1] ?? '';
    return Buffer.from(file.toString('latin1').replace(line, line.replace(/ 2$/, ` ${text}`)), 'latin1');
  };
  const secrets = { identities: [], passphrases: [passphrase] };

  test.each(['19', '30', '64', '1000', '9'.repeat(400)])('work factor %s is not done', async (factor) => {
    const begin = performance.now();
    const { error } = await decryptUntilError(await withWorkFactor(factor), secrets);
    expect(error).toMatchObject({ code: 'unsupported-encryption', details: { kind: 'work-factor' } });
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  test.each(['0', '02', '+2', '-2', '2.0', '0x2', ''])('work factor %j is no number', async (factor) => {
    const { error } = await decryptUntilError(await withWorkFactor(factor), secrets);
    expect(error).toMatchObject({ code: 'damaged-encryption', details: { damage: 'header' } });
  });
});

import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import { confirmMinisign, createMinisignKeyPair, signMinisign } from './index.ts';

const keys = createMinisignKeyPair();
const other = createMinisignKeyPair();
const message = randomBytes(100_000);
let signature: Buffer;

beforeAll(async () => {
  signature = await signMinisign(piecesOf(message), keys, 'timestamp:1700000000\tfile:orders.csv');
});

const confirm = (bytes: Uint8Array, signed = signature, trusted = [other.publicKey, keys.publicKey]) =>
  gather(confirmMinisign(piecesOf(bytes), signed, trusted));
const lineOf = (number: number) => signature.toString().split('\n')[number - 1] ?? '';
const withLine = (number: number, text: string) => Buffer.from(signature.toString().replace(lineOf(number), text));

describe('a signed file', () => {
  test('passes as it is, with a key as a line or as a file', async () => {
    expect((await confirm(message)).equals(message)).toBe(true);
    const file = `untrusted comment: minisign public key\n${keys.publicKey}\n`;
    expect((await confirm(message, signature, [file])).equals(message)).toBe(true);
  });

  test('may have a signature with the line ends of Windows, or without the last', async () => {
    const windows = Buffer.from(signature.toString().replaceAll('\n', '\r\n'));
    expect(await confirm(message, windows)).toHaveLength(message.length);
    expect(await confirm(message, signature.subarray(0, -1))).toHaveLength(message.length);
  });

  test('passes for the key that signed where another one has the same id', async () => {
    const impostor = Buffer.from(other.publicKey, 'base64');
    keys.keyId.copy(impostor, 2);
    const trusted = [impostor.toString('base64'), keys.publicKey];
    expect(await confirm(message, signature, trusted)).toHaveLength(message.length);
  });

  test('of which a bit was changed is refused at its end', async () => {
    for (const at of [0, 50_000, 99_999]) {
      const changed = Buffer.from(message);
      changed[at]! ^= 1;
      await expect(confirm(changed)).rejects.toMatchObject({
        code: 'signature-invalid',
        details: { problem: 'content' },
      });
    }
    for (const cut of [message.subarray(1), message.subarray(0, -1), Buffer.concat([message, Buffer.from('x')])]) {
      await expect(confirm(cut)).rejects.toMatchObject({ code: 'signature-invalid' });
    }
  });
});

test('a key that is not trusted ends it before the first byte, by its id as minisign prints it', async () => {
  let isRead = false;
  async function* source() {
    isRead = true;
    yield message;
  }
  const keyId = Buffer.from(keys.keyId.toReversed()).toString('hex').toUpperCase();
  await expect(gather(confirmMinisign(source(), signature, [other.publicKey]))).rejects.toMatchObject({
    code: 'signature-untrusted',
    details: { keyId },
  });
  expect(isRead).toBe(false);
});

test('a foreign signature under the id of a trusted key is invalid', async () => {
  const pretender = { ...other, keyId: keys.keyId };
  const forged = await signMinisign(piecesOf(message), pretender, 'x');
  await expect(confirm(message, forged)).rejects.toMatchObject({ details: { problem: 'content' } });
});

test('a trusted comment that was changed is refused, whatever is in it', async () => {
  const changed = withLine(3, 'trusted comment: timestamp:1700000001\tfile:orders.csv');
  await expect(confirm(message, changed)).rejects.toMatchObject({
    code: 'signature-invalid',
    details: { problem: 'comment' },
  });
  const japanese = await signMinisign(piecesOf(message), keys, '受注データ');
  expect(await confirm(message, japanese)).toHaveLength(message.length);
});

describe('is no signature', () => {
  test.each<[string, () => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['a CSV file', () => Buffer.from('id,name\n1,a\n')],
    ['three lines', () => Buffer.from(signature.toString().split('\n').slice(0, 3).join('\n'))],
    ['five lines', () => Buffer.concat([signature, Buffer.from('more\n')])],
    ['an empty line in front', () => Buffer.concat([Buffer.from('\n'), signature])],
    ['another first line', () => withLine(1, 'comment: x')],
    ['no trusted comment', () => withLine(3, 'untrusted comment: x')],
    ['another algorithm', () => withLine(2, Buffer.concat([Buffer.from('EE'), Buffer.alloc(72)]).toString('base64'))],
    ['a short signature', () => withLine(2, Buffer.concat([Buffer.from('ED'), Buffer.alloc(71)]).toString('base64'))],
    ['base64 without padding', () => withLine(4, lineOf(4).replace(/=+$/, ''))],
    ['a space behind base64', () => withLine(4, `${lineOf(4)} `)],
    ['a long one', () => withLine(1, `untrusted comment: ${'x'.repeat(10_000)}`)],
  ])('%s', async (_, make) => {
    await expect(confirm(message, make())).rejects.toMatchObject({
      code: 'signature-invalid',
      details: { problem: 'malformed' },
    });
  });
});

test.each(['', 'RWQ', 'age1xyz', 'untrusted comment: x', `x\n${keys.publicKey}`, `${keys.publicKey}\nmore\nlines`])(
  'the trusted key %j is a mistake of whoever trusts it',
  async (key) => {
    await expect(confirm(message, signature, [key])).rejects.toMatchObject({ code: 'invalid-input' });
  },
);

import { randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { Decrypter, Encrypter } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { decryptUntilError, gather, piecesOf } from '../test/age-files.ts';
import { decryptAge, encryptAge, generateIdentity, recipientOf } from './index.ts';

const chunk = 64 * 1024;
const sealedChunk = chunk + 16;
const identity = generateIdentity();
const recipient = recipientOf(identity);
const sizes = [0, 1, 15, 16, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 100];

async function encrypt(plain: Uint8Array, recipients = [recipient]): Promise<Buffer> {
  return gather(encryptAge(piecesOf(plain), recipients));
}

/** Where the payload's first chunk begins. */
function payloadStart(file: Buffer): number {
  return file.indexOf('\n', file.indexOf('\n---') + 1) + 1 + 16;
}

describe('what is encrypted comes back', () => {
  test.each(sizes)('%i bytes', async (size) => {
    const plain = randomBytes(size);
    const file = await encrypt(plain);
    for (const pieceBytes of [1_000, sealedChunk, file.length]) {
      expect((await gather(decryptAge(piecesOf(file, pieceBytes), { identities: [identity] }))).equals(plain)).toBe(
        true,
      );
    }
  });

  test('for each of several recipients, with whichever key is theirs', async () => {
    const identities = [generateIdentity(), generateIdentity(), identity];
    const plain = randomBytes(1_000);
    const file = await encrypt(plain, identities.map(recipientOf));
    for (const one of identities)
      expect(await gather(decryptAge(piecesOf(file), { identities: [one] }))).toEqual(plain);
    expect(await gather(decryptAge(piecesOf(file), { identities: [generateIdentity(), identity] }))).toEqual(plain);
  });
});

describe('the npm package age-encryption', () => {
  test.each(sizes)('reads what we write and writes what we read: %i bytes', async (size) => {
    const plain = randomBytes(size);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(Buffer.from(await decrypter.decrypt(await encrypt(plain)))).toEqual(plain);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    expect(await gather(decryptAge(piecesOf(await encrypter.encrypt(plain)), { identities: [identity] }))).toEqual(
      plain,
    );
  });
});

describe('a file for another key', () => {
  test('is told as that, with our key and for how many it is', async () => {
    const file = await encrypt(randomBytes(10), [recipientOf(generateIdentity()), recipientOf(generateIdentity())]);
    const { plain, error } = await decryptUntilError(file, [identity]);
    expect(error).toMatchObject({ code: 'wrong-key', details: { recipients: 2, publicKey: recipient } });
    expect(plain).toHaveLength(0);
  });
});

describe('a damaged file never ends cleanly', () => {
  const plain = randomBytes(3 * chunk + 1_000);

  test('cut off at every border and around it', async () => {
    const file = await encrypt(plain);
    const start = payloadStart(file);
    const borders = [0, 1, 10, start - 16, start - 1, ...[0, 1, 2, 3].map((count) => start + count * sealedChunk)];
    const cuts = borders.flatMap((border) => [border - 1, border, border + 1, border + 17]).concat(file.length - 1);
    for (const cut of new Set(cuts.filter((at) => at >= 0 && at < file.length))) {
      const { plain: first, error } = await decryptUntilError(file.subarray(0, cut), [identity]);
      expect(error, `cut at ${cut}`).toMatchObject({ code: 'damaged-encryption' });
      expect(plain.subarray(0, first.length).equals(first)).toBe(true);
    }
  });

  test('cut off at the border of two chunks it is told as cut off', async () => {
    const file = await encrypt(plain);
    const cut = file.subarray(0, payloadStart(file) + 2 * sealedChunk);
    const { plain: first, error } = await decryptUntilError(cut, [identity]);
    expect(error).toMatchObject({ details: { damage: 'truncated' } });
    // This is why nothing may be committed before the end.
    expect(first).toHaveLength(2 * chunk);
  });

  test('with a bit flipped anywhere', async () => {
    const file = await encrypt(plain);
    const start = payloadStart(file);
    // Every byte of the header, and of the payload each chunk's first, last, tag, and some by chance.
    const random = Array.from({ length: 100 }, () => start + Math.floor(Math.random() * (file.length - start)));
    const edges = [0, 1, 2, 3].flatMap((count) => [start + count * sealedChunk, start + (count + 1) * sealedChunk - 1]);
    const places = [...Array(start).keys(), ...random, ...edges].filter((at) => at < file.length);
    for (const place of places) {
      const flipped = Buffer.from(file);
      flipped[place]! ^= 1 << (place % 8);
      const { plain: first, error } = await decryptUntilError(flipped, [identity]);
      // A header that names another key looks like one for somebody else.
      const code: unknown = error instanceof HikyakuError ? error.code : error;
      expect(['damaged-encryption', 'wrong-key'], `flipped at ${place}`).toContain(code);
      expect(plain.subarray(0, first.length).equals(first)).toBe(true);
    }
  });

  test('with two chunks swapped, one left out, one twice, or something behind the end', async () => {
    const file = await encrypt(plain);
    const start = payloadStart(file);
    const head = file.subarray(0, start);
    const chunkAt = (i: number) => file.subarray(start + i * sealedChunk, start + (i + 1) * sealedChunk);
    const [a, b, c, d] = [chunkAt(0), chunkAt(1), chunkAt(2), chunkAt(3)];
    const wrong = [
      [b, a, c, d],
      [a, c, b, d],
      [a, c, d],
      [a, a, b, c, d],
      [a, b, c, d, d],
      [a, b, c, d, Buffer.from('x')],
      [d],
    ];
    for (const order of wrong) {
      const { error } = await decryptUntilError(Buffer.concat([head, ...order]), [identity]);
      expect(error).toMatchObject({ code: 'damaged-encryption' });
    }
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a CSV file', Buffer.from('id,name\n1,a\n')],
  ])('%s is not age', async (_, bytes) => {
    const { error } = await decryptUntilError(bytes, [identity]);
    expect(error).toMatchObject({ code: 'damaged-encryption', details: { damage: 'not-age' } });
  });

  test('more recipients than anybody has are not tried one by one', async () => {
    const many = Array.from({ length: 501 }, () => '-> x\n\n').join('');
    const file = Buffer.from(`age-encryption.org/v1\n${many}--- ${'A'.repeat(43)}\n`);
    const { error } = await decryptUntilError(file, [identity]);
    expect(error).toMatchObject({ code: 'damaged-encryption', details: { damage: 'header' } });
  });

  test('a header without end is given up before it fills the memory', async () => {
    let read = 0;
    async function* endless() {
      yield Buffer.from('age-encryption.org/v1\n');
      for (;;) {
        read += 10_000;
        yield Buffer.alloc(10_000, '-> grease\n');
      }
    }
    await expect(gather(decryptAge(endless(), { identities: [identity] }))).rejects.toMatchObject({
      code: 'damaged-encryption',
    });
    expect(read).toBeLessThan(100_000);
  });
});

test('whoever stops reading closes the source, and so does an error', async () => {
  const file = await encrypt(randomBytes(3 * chunk));
  let closed = 0;
  async function* source(bytes: Buffer) {
    try {
      yield* piecesOf(bytes);
    } finally {
      closed++;
    }
  }
  for await (const _ of decryptAge(source(file), { identities: [identity] })) break;
  expect(closed).toBe(1);
  await decryptAge(source(file), { identities: [generateIdentity()] })
    .next()
    .catch(() => undefined);
  expect(closed).toBe(2);
});

test('an error of the source is told as it is', async () => {
  const failure = new Error('network');
  async function* source() {
    yield (await encrypt(randomBytes(3 * chunk))).subarray(0, 100_000);
    throw failure;
  }
  await expect(gather(decryptAge(source(), { identities: [identity] }))).rejects.toBe(failure);
});

import { randomBytes } from 'node:crypto';
import { armor } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../test/age-files.ts';
import { readArmor, writeArmor } from './index.ts';

const sizes = [0, 1, 46, 47, 48, 49, 96, 97, 5_000, 200_001];
const text = async (bytes: Uint8Array) => (await gather(writeArmor(piecesOf(bytes, 777)))).toString('latin1');
const read = (armored: string, pieceBytes?: number) =>
  gather(readArmor(piecesOf(Buffer.from(armored, 'latin1'), pieceBytes)));

describe('armor', () => {
  test.each(sizes)('around %i bytes comes off again, in whatever pieces it comes', async (size) => {
    const bytes = randomBytes(size);
    const armored = await text(bytes);
    for (const pieceBytes of [1, 64, 65, 1_000, 1e6].slice(size > 100_000 ? 1 : 0)) {
      expect((await read(armored, pieceBytes)).equals(bytes)).toBe(true);
    }
  });

  test.each(sizes)('of %i bytes is what the npm package age-encryption writes and reads', async (size) => {
    const bytes = randomBytes(size);
    expect((await text(bytes)).trimEnd()).toBe(armor.encode(bytes).trimEnd());
    expect(Buffer.from(armor.decode(await text(bytes))).equals(bytes)).toBe(true);
  });

  test('may have the line ends of Windows, and white space around it', async () => {
    const bytes = randomBytes(1_000);
    const armored = (await text(bytes)).replaceAll('\n', '\r\n');
    for (const pieceBytes of [1, 66, 1e6]) {
      expect((await read(` \n\t\r\n${armored}\n \n`, pieceBytes)).equals(bytes)).toBe(true);
      expect((await read(armored.trimEnd(), pieceBytes)).equals(bytes)).toBe(true);
    }
  });

  test('holds no more than a piece, however long it is', async () => {
    let most = 0;
    const line = `${Buffer.alloc(48, 'x').toString('base64')}\n`;
    async function* long() {
      yield Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\n');
      for (let piece = 0; piece < 500; piece += 1) yield Buffer.from(line.repeat(1_000));
      yield Buffer.from('-----END AGE ENCRYPTED FILE-----\n');
    }
    let bytes = 0;
    for await (const chunk of readArmor(long())) {
      most = Math.max(most, chunk.length);
      bytes += chunk.length;
    }
    expect(bytes).toBe(48 * 500_000);
    expect(most).toBeLessThanOrEqual(65_000);
  });
});

describe('is refused', () => {
  const begin = '-----BEGIN AGE ENCRYPTED FILE-----\n';
  const end = '-----END AGE ENCRYPTED FILE-----\n';
  const line = `${'QUJD'.repeat(16)}\n`;
  test.each([
    ['armor', 'nothing', ''],
    ['armor', 'other text', 'id,name\n1,a\n'],
    ['armor', 'text before it', `Dear all,\n${begin}${line}${end}`],
    ['armor', 'an empty line', `${begin}${line}\n${end}`],
    ['armor', 'a longer line', `${begin}${line.trim()}QUJD\n${end}`],
    ['armor', 'a short line in the middle', `${begin}QUJD\n${line}${end}`],
    ['armor', 'base64 without padding', `${begin}QUI\n${end}`],
    ['armor', 'base64 that is not canonical', `${begin}QUJ=\n${end}`],
    ['armor', 'padding in the middle', `${begin}QQ==QUJD\n${end}`],
    ['armor', 'a line after padding', `${begin}${'QUJD'.repeat(15)}QUI=\n${line}${end}`],
    ['armor', 'spaces within a line', `${begin}QU JD\n${end}`],
    ['armor', 'the alphabet of URLs', `${begin}QU-_\n${end}`],
    ['armor', 'a checksum of PGP', `${begin}${line}=abcd\n${end}`],
    ['armor', 'a header of PEM', `${begin}Comment: x\n${line}${end}`],
    ['armor', 'too much white space before it', `${'\n'.repeat(1_025)}${begin}${line}${end}`],
    ['armor', 'a line without end', `${begin}${'A'.repeat(100_000)}`],
    ['truncated', 'no last line', `${begin}${line}`],
    ['truncated', 'half a line', `${begin}${line}QUJDQ`],
    ['truncated', 'half of the last line', `${begin}${line}${end.slice(0, 10)}`],
    ['trailing', 'something behind it', `${begin}${line}${end}x`],
    ['trailing', 'two of them', `${begin}${line}${end}${begin}${line}${end}`],
    ['trailing', 'too much white space behind it', `${begin}${line}${end}${' '.repeat(1_025)}`],
  ])('as %s: %s', async (damage, _, armored) => {
    for (const pieceBytes of [1, 70, 1e6]) {
      await expect(read(armored, pieceBytes)).rejects.toMatchObject({
        code: 'damaged-encryption',
        details: { damage },
      });
    }
  });
});

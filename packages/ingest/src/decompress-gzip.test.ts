import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { HikyakuError } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { decompressGzip } from './decompress-gzip.ts';

const plain = randomBytes(3_000);
const small = gzipSync('abc');
const large = gzipSync(plain);

async function* piecesOf(bytes: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}

async function unpack(bytes: Buffer, pieceBytes: number, maxContentBytes = 1e9): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressGzip(piecesOf(bytes, pieceBytes), maxContentBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// Where a piece ends decides what zlib sees at once.
describe.each([1, 7, small.length, 1_000_000])('in pieces of %i bytes', (pieceBytes) => {
  test('all members come out, one behind the other', async () => {
    const whole = await unpack(Buffer.concat([small, large, gzipSync(''), small]), pieceBytes);
    expect(whole.equals(Buffer.concat([Buffer.from('abc'), plain, Buffer.from('abc')]))).toBe(true);
  });

  test('zeros behind the end are padding', async () => {
    expect((await unpack(Buffer.concat([small, large, Buffer.alloc(3_000)]), pieceBytes)).length).toBe(3_003);
  });

  test.each([
    ['cut off in the data', large.subarray(0, 1_500)],
    ['cut off in the last byte', large.subarray(0, -1)],
    ['cut off in the header', small.subarray(0, 5)],
    ['cut off in the second member', Buffer.concat([small, large.subarray(0, 50)])],
    ['cut off in the second header', Buffer.concat([small, Buffer.from([0x1f])])],
  ])('%s', async (_, bytes) => {
    await expect(unpack(bytes, pieceBytes)).rejects.toMatchObject({
      code: 'damaged-compression',
      details: { damage: 'truncated' },
    });
  });

  test.each([
    ['a word behind zeros', Buffer.concat([small, Buffer.alloc(10), Buffer.from('x')])],
    ['a member behind zeros', Buffer.concat([small, Buffer.alloc(10), small])],
    ['words behind the end', Buffer.concat([small, Buffer.from('xyz')])],
    ['what looks like a member behind the end', Buffer.concat([small, Buffer.from([0x1f, 0x8b, 0xff, 0xff])])],
    ['a changed byte', Buffer.concat([large.subarray(0, 500), Buffer.from([large[500]! ^ 1]), large.subarray(501)])],
  ])('%s', async (_, bytes) => {
    await expect(unpack(bytes, pieceBytes)).rejects.toMatchObject({ code: 'damaged-compression' });
  });
});

test('what unpacks to more than it may ends there', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  expect(bomb.length).toBeLessThan(60_000);
  let seen = 0;
  const read = async () => {
    for await (const chunk of decompressGzip(piecesOf(bomb, 1_000), 5_000_000)) seen += chunk.length;
  };
  await expect(read()).rejects.toMatchObject({ code: 'content-too-large', details: { limitBytes: 5_000_000 } });
  expect(seen).toBeLessThanOrEqual(5_000_000);
  expect(await unpack(gzipSync('abc'), 10, 3)).toHaveLength(3);
});

test('an error of the source is told as it is, also behind the last member', async () => {
  const failure = new HikyakuError('damaged-encryption');
  async function* source() {
    yield small;
    throw failure;
  }
  const read = async () => {
    for await (const _ of decompressGzip(source(), 1e9));
  };
  await expect(read()).rejects.toBe(failure);
});

test('whoever stops reading closes the source', async () => {
  let closed = false;
  async function* source() {
    try {
      for (;;) yield large;
    } finally {
      closed = true;
    }
  }
  for await (const _ of decompressGzip(source(), 1e9)) break;
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toBe(true);
});

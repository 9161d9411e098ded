import { randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { decompressZip } from './decompress-zip.ts';
import { zipFile, type ZipFileEntry } from './testing/zip-file.ts';

const content = Buffer.concat([randomBytes(30_000), Buffer.alloc(300_000, 'abc')]);
const entry: ZipFileEntry = { name: 'rows.csv', content };

async function* piecesOf(bytes: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}

async function unpack(bytes: Buffer, pieceBytes = 10_000, maxContentBytes = 1e9): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompressZip(piecesOf(bytes, pieceBytes), maxContentBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const kinds: [string, ZipFileEntry[], string?][] = [
  ['deflated', [entry]],
  ['stored', [{ ...entry, method: 'stored' }]],
  ['with sizes behind the data', [{ ...entry, sizesFollow: true }]],
  ['in the long form', [{ ...entry, isLong: true }]],
  ['in the long form, stored', [{ ...entry, isLong: true, method: 'stored' }]],
  ['in the long form with sizes behind the data', [{ ...entry, isLong: true, sizesFollow: true }]],
  ['with a comment', [entry], 'made by hand'],
  ['in a folder', [{ ...entry, name: 'folder/売上.csv' }]],
  [
    'beside what a Mac adds',
    [
      { ...entry, sizesFollow: true },
      { name: '__MACOSX/._rows.csv', content: 'x' },
    ],
  ],
];

describe.each(kinds)('one file, %s', (_, entries, comment) => {
  test.each([1, 33, 1_000_000])('in pieces of %i bytes', async (pieceBytes) => {
    expect((await unpack(zipFile(entries, comment), pieceBytes)).equals(content)).toBe(true);
  });
});

test('an empty file is one', async () => {
  expect(await unpack(zipFile([{ name: 'a.csv', content: '' }]))).toHaveLength(0);
});

describe('refused', () => {
  const whole = zipFile([entry]);
  const flipped = (at: number) => {
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1;
    return bytes;
  };
  const cases: [string, Buffer, string, object][] = [
    ['two files', zipFile([entry, entry]), 'unsupported-compression', { kind: 'several' }],
    [
      'a folder before the file',
      zipFile([{ name: 'a/', content: '' }, entry]),
      'unsupported-compression',
      { kind: 'several' },
    ],
    ['no file', zipFile([]), 'unsupported-compression', { kind: 'empty' }],
    ['a password', zipFile([{ ...entry, flags: 1 }]), 'unsupported-compression', { kind: 'encrypted' }],
    [
      'stored without its length',
      zipFile([{ ...entry, method: 'stored', sizesFollow: true }]),
      'unsupported-compression',
      { kind: 'method' },
    ],
    ['a way up', zipFile([{ ...entry, name: '../../etc/passwd' }]), 'unsupported-compression', { kind: 'name' }],
    ['a way to the root', zipFile([{ ...entry, name: '/etc/passwd' }]), 'unsupported-compression', { kind: 'name' }],
    ['a drive', zipFile([{ ...entry, name: 'C:\\a' }]), 'unsupported-compression', { kind: 'name' }],
    ['a wrong checksum', zipFile([{ ...entry, checksum: 1 }]), 'damaged-compression', { damage: 'data' }],
    ['a changed byte', flipped(1_000), 'damaged-compression', { damage: 'data' }],
    ['cut off in the header', whole.subarray(0, 20), 'damaged-compression', { damage: 'truncated' }],
    ['cut off in the data', whole.subarray(0, 5_000), 'damaged-compression', { damage: 'truncated' }],
    [
      'cut off in the stored data',
      zipFile([{ ...entry, method: 'stored' }]).subarray(0, 5_000),
      'damaged-compression',
      { damage: 'truncated' },
    ],
    ['cut off before the directory', whole.subarray(0, -40), 'damaged-compression', { damage: 'truncated' }],
    [
      'words behind the end',
      Buffer.concat([whole, Buffer.from('xyz')]),
      'damaged-compression',
      { damage: 'truncated' },
    ],
  ];
  test.each(cases)('%s', async (_, bytes, code, details) => {
    for (const pieceBytes of [7, 100_000]) {
      await expect(unpack(bytes, pieceBytes)).rejects.toMatchObject({ code, details });
    }
  });
});

test('what unpacks to more than it may ends there', async () => {
  const bomb = zipFile([{ name: 'a.csv', content: Buffer.alloc(50_000_000) }]);
  expect(bomb.length).toBeLessThan(60_000);
  await expect(unpack(bomb, 10_000, 5_000_000)).rejects.toMatchObject({
    code: 'content-too-large',
    details: { limitBytes: 5_000_000 },
  });
});

test('an error of the source is told as it is, and whoever stops closes the source', async () => {
  const failure = new HikyakuError('damaged-encryption');
  let closed = 0;
  async function* source(fails: boolean) {
    try {
      yield zipFile([entry]).subarray(0, 20_000);
      if (fails) throw failure;
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      closed++;
    }
  }
  const read = async (fails: boolean) => {
    for await (const _ of decompressZip(source(fails), 1e9)) if (!fails) break;
  };
  await expect(read(true)).rejects.toBe(failure);
  await read(false);
  expect(closed).toBe(2);
});

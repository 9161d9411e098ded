import { gzipSync } from 'node:zlib';
import type { Wrapping } from '../sample-file.ts';
import { encrypted } from '../../test/test-keys.ts';
import type { PoisonFile } from './poison-file.ts';

const header = 'id,name,amount,day\n';
const mebibyte = 1024 ** 2;

/** `times` members of one mebibyte each: 1000:1 and more, and made in a moment. */
function members(content: string, times: number): Buffer {
  const member = gzipSync(Buffer.alloc(mebibyte, content));
  return Buffer.concat([gzipSync(header), ...Array.from({ length: times }, () => member)]);
}

function refused(cause: string): PoisonFile['expected'] {
  return { state: 'refused', cause };
}

/** R6: small files that would cost a careless reader all its memory, disk or time. */
const bombs: { name: string; expected: PoisonFile['expected']; make: () => Buffer }[] = [
  { name: 'unpacks 1000:1', expected: refused('content-too-large'), make: () => members('1,x,1,2026-01-01\n', 200) },
  { name: 'a line of 1 GiB', expected: refused('content-too-large'), make: () => members('x', 1_024) },
  {
    name: 'gzip in gzip in gzip',
    expected: refused('nested-compression'),
    make: () => gzipSync(gzipSync(gzipSync(`${header}1,a,1,2026-01-01\n`))),
  },
  {
    name: 'members without end',
    expected: refused('content-too-large'),
    make: () => {
      const row = gzipSync(`1,${'x'.repeat(60)},1,2026-01-01\n`.repeat(200));
      return Buffer.concat([gzipSync(header), ...Array.from({ length: 8_000 }, () => row)]);
    },
  },
  {
    name: 'a million columns',
    expected: refused('too-many-columns'),
    make: () => gzipSync(`${'c,'.repeat(1_000_000)}c\n1\n`),
  },
  {
    name: 'a quote that never closes',
    expected: { state: 'taken_in', rows: new Map(), rejected: 1 },
    make: () => gzipSync(`${header}1,"${'open '.repeat(100_000)}`),
  },
];

const wrappings = ['gzip', 'gzip+age'] as const satisfies Wrapping[];

export async function bombFiles(publicKey: string, count: number): Promise<PoisonFile[]> {
  const files: PoisonFile[] = [];
  for (let index = 0; index < count; index += 1) {
    const { name, expected, make } = bombs[index % bombs.length] ?? bombs[0]!;
    const wrapping = wrappings[Math.floor(index / bombs.length) % wrappings.length] ?? 'gzip';
    const packed = make();
    files.push({
      name,
      fileName: `bomb-${index}.csv.gz${wrapping === 'gzip' ? '' : '.age'}`,
      bytes: wrapping === 'gzip' ? packed : await encrypted(packed, publicKey),
      wrapping,
      expected,
    });
  }
  return files;
}

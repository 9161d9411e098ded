import { gzipSync } from 'node:zlib';
import type { FileErrorCode } from '@hikyaku/types';
import { sampleDefinition } from '../sample-file.ts';
import { encrypted } from '../../test/test-keys.ts';
import type { PoisonFile } from './poison-file.ts';

const header = 'id,name,amount,day\n';
const mebibyte = 1024 ** 2;

/** `times` members of one mebibyte each: 1000:1 and more, and made in a moment. */
function members(content: string, times: number): Buffer {
  const member = gzipSync(Buffer.alloc(mebibyte, content));
  return Buffer.concat([gzipSync(header), ...Array.from({ length: times }, () => member)]);
}

function refused(cause: FileErrorCode): PoisonFile['expected'] {
  return { state: 'refused', causes: [cause] };
}

/** Small files that would cost a careless reader all its memory, disk or time. */
export const bombs: { name: string; expected: PoisonFile['expected']; make: () => Buffer }[] = [
  { name: 'unpacks 1000:1', expected: refused('content-too-large'), make: () => members('1,x,1,2026-01-01\n', 200) },
  { name: 'a line of 1 GiB', expected: refused('content-too-large'), make: () => members('x', 1_024) },
  {
    name: 'members without end',
    expected: refused('content-too-large'),
    make: () => {
      const row = gzipSync(`1,${'x'.repeat(60)},1,2026-01-01\n`.repeat(200));
      return Buffer.concat([gzipSync(header), ...Array.from({ length: 8_000 }, () => row)]);
    },
  },
  {
    name: 'a quote that never closes',
    expected: { state: 'taken_in', rows: new Map(), rejects: [[2, 'unclosed-quote']] },
    make: () => gzipSync(`${header}1,"${'open '.repeat(100_000)}`),
  },
];

export async function bombFile(bomb: (typeof bombs)[number], index: number, publicKey?: string): Promise<PoisonFile> {
  const { name, expected, make } = bomb;
  return {
    name: publicKey ? `${name}, encrypted` : name,
    fileName: `${index}.csv.gz${publicKey ? '.age' : ''}`,
    bytes: publicKey ? await encrypted(make(), publicKey) : make(),
    definition: sampleDefinition,
    expected,
  };
}

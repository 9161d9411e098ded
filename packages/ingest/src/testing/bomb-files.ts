import { gzipSync } from 'node:zlib';
import type { RejectCode } from '@hikyaku/types';
import { badLine, goodRows, header, mebibyte, type PoisonFile, refused } from './poison-file.ts';
import { brokenArchives } from './broken-archives.ts';
import { brokenWorkbooks } from './broken-workbooks.ts';
import { zipFile } from './zip-file.ts';

/**
 * Small files that are large, large ones that should not be, and archives and workbooks that are not what they say.
 *
 * @param longLineBytes how long a line without end is; a gibibyte by default
 */
export function bombFiles({ longLineBytes = 1024 * mebibyte }: { longLineBytes?: number } = {}): PoisonFile[] {
  const zeros = Buffer.alloc(64 * mebibyte);
  const emptyMember = gzipSync('');
  const few = { rules: { maxContentBytes: mebibyte } };
  return [
    longBadLine('a line without end', () => longLine('9,x,', '1', longLineBytes), 'line-too-long'),
    longBadLine('columns without end', () => longLine('9,x', ',', longLineBytes), 'line-too-long'),
    longBadLine('a quote over a line without end', () => longLine('9,"', 'x', longLineBytes), 'line-too-long'),
    badLine('a million columns', `9${',x'.repeat(1_000_000)}`, 'wrong-column-count'),
    refused('a million columns in the header', () => Buffer.from(`${'id,'.repeat(1_000_000)}\n1`), 'too-many-columns'),
    refused(
      'a quote that is not closed in the header',
      () => Buffer.from(`id,"${'x'.repeat(mebibyte)}`),
      'unclosed-quote',
    ),
    refused('nothing but zeros, 1000:1, in gzip', () => gzipSync(zeros), 'not-csv'),
    refused('nothing but zeros, 1000:1, in zip', () => zipFile([{ name: 'a.csv', content: zeros }]), 'not-csv'),
    refused('good rows, more than may be, in gzip', () => gzipSync(rows()), 'content-too-large', few),
    refused(
      'good rows, more than may be, in zip',
      () => zipFile([{ name: 'a.csv', content: rows(), sizesFollow: true }]),
      'content-too-large',
      few,
    ),
    refused('members without content', () => Buffer.alloc(emptyMember.length * 100_000, emptyMember), 'empty-file'),
    ...brokenArchives(),
    ...brokenWorkbooks(),
  ];
}

function rows(): Buffer {
  return Buffer.from(`${header}\n${'1,x,1\n'.repeat(mebibyte / 2)}`);
}

/** A line of so many bytes among good ones, in chunks of a mebibyte. */
function* longLine(begins: string, fill: string, bytes: number): Generator<Uint8Array> {
  yield Buffer.from(`${header}\n1,a,1\n${begins}`);
  const chunk = Buffer.alloc(mebibyte, fill);
  for (let written = 0; written < bytes; written += chunk.length) yield chunk;
  yield Buffer.from('\n2,b,2\n3,c,3\n');
}

function longBadLine(name: string, content: PoisonFile['content'], code: RejectCode): PoisonFile {
  return { name, format: 'csv', content, outcome: { rows: goodRows, rejects: [[3, code]] } };
}

import { gzipSync } from 'node:zlib';
import type { FileErrorCode, FileFormat, RejectCode } from '@hikyaku/types';
import { workbookFile } from './workbook-file.ts';
import { zipFile } from './zip-file.ts';

/** For a dataset with the columns `id` (integer, the key), `name` (text) and `amount` (number), and few limits. */
export interface PoisonFile {
  name: string;
  format: FileFormat;
  /** Made while it is read: some are larger than memory. */
  content: () => Iterable<Uint8Array>;
  /** What may come of it: these rows and no others, or none at all for this reason. */
  outcome: { goodIds: readonly number[]; rejects: readonly Reject[] } | { code: FileErrorCode };
}

type Reject = readonly [line: number, code: RejectCode];

const header = 'id,name,amount';
const gigabyte = 1024 ** 3;
const mebibyte = 1024 ** 2;

/** Good rows around one that is not, in the third line of the file. */
function around(line: Uint8Array | string): Buffer {
  return Buffer.concat([Buffer.from(`${header}\n1,a,1\n`), Buffer.from(line), Buffer.from('\n2,b,2\n3,c,3\n')]);
}

function badLine(name: string, line: Uint8Array | string, code: RejectCode): PoisonFile {
  const content = () => [around(line)];
  return { name, format: 'csv', content, outcome: { goodIds: [1, 2, 3], rejects: [[3, code]] } };
}

/** Rows that are wrong, each alone among good ones: R5. */
const badRows: PoisonFile[] = [
  badLine('too few columns', '9,x', 'wrong-column-count'),
  badLine('too many columns', '9,x,1,y', 'wrong-column-count'),
  badLine('a quote in a cell', '9,x"y,1', 'stray-quote'),
  badLine('text behind a quote', '9,"x"y,1', 'stray-quote'),
  badLine('a quote that is not closed', '9,"x,1', 'unclosed-quote'),
  badLine('NUL', '9,x\0,1', 'nul-character'),
  badLine(
    'a byte that UTF-8 has not',
    Buffer.concat([Buffer.from('9,東京'), Buffer.from([0xff]), Buffer.from(',1')]),
    'invalid-encoding',
  ),
  badLine(
    'half a character',
    Buffer.concat([Buffer.from('9,東京'), Buffer.from([0xe6, 0x9d]), Buffer.from(',1')]),
    'invalid-encoding',
  ),
  badLine('no key', ',x,1', 'required'),
  badLine('a key that is no number', 'x,x,1', 'not-integer'),
  badLine('a key beyond all numbers', '99999999999999999999,x,1', 'out-of-range'),
  badLine('an amount that is no number', '9,x,１２', 'not-number'),
  badLine('SQL for an amount', `9,x,"1); DROP TABLE reject; --"`, 'not-number'),
];

/** A line of so many bytes among good ones, in chunks of a mebibyte. */
function* longLine(begins: string, fill: string, bytes: number): Generator<Uint8Array> {
  yield Buffer.from(`${header}\n1,a,1\n${begins}`);
  const chunk = Buffer.alloc(mebibyte, fill);
  for (let written = 0; written < bytes; written += chunk.length) yield chunk;
  yield Buffer.from('\n2,b,2\n3,c,3\n');
}

function longBadLine(name: string, content: PoisonFile['content'], code: RejectCode): PoisonFile {
  return { name, format: 'csv', content, outcome: { goodIds: [1, 2, 3], rejects: [[3, code]] } };
}

function refused(name: string, make: () => Uint8Array, code: FileErrorCode, format: FileFormat = 'csv'): PoisonFile {
  return { name, format, content: () => [make()], outcome: { code } };
}

/** Small files that are large, and large ones that should not be: R6. */
function bombs(longLineBytes: number): PoisonFile[] {
  const zeros = Buffer.alloc(64 * mebibyte);
  const emptyMember = gzipSync('');
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>';
  return [
    longBadLine('a line without end', () => longLine('9,x,', '1', longLineBytes), 'line-too-long'),
    longBadLine('columns without end', () => longLine('9,x', ',', longLineBytes), 'line-too-long'),
    longBadLine('a quote over a line without end', () => longLine('9,"', 'x', longLineBytes), 'line-too-long'),
    longBadLine('a million columns', () => [around(`9${',x'.repeat(1_000_000)}`)], 'wrong-column-count'),
    refused('a million columns in the header', () => Buffer.from(`${'id,'.repeat(1_000_000)}\n1`), 'too-many-columns'),
    refused('nothing but zeros, 1000:1, in gzip', () => gzipSync(zeros), 'not-csv'),
    refused('nothing but zeros, 1000:1, in zip', () => zipFile([{ name: 'a.csv', content: zeros }]), 'not-csv'),
    refused('gzip in gzip', () => gzipSync(gzipSync(header)), 'nested-compression'),
    refused('zip in gzip', () => gzipSync(zipFile([{ name: 'a.csv', content: header }])), 'nested-compression'),
    refused('members without content', () => Buffer.alloc(emptyMember.length * 100_000, emptyMember), 'empty-file'),
    refused('a way out of a zip', () => zipFile([{ name: '../../a.csv', content: header }]), 'unsupported-compression'),
    refused(
      'several files in a zip',
      () =>
        zipFile([
          { name: 'a.csv', content: header },
          { name: 'b.csv', content: header },
        ]),
      'unsupported-compression',
    ),
    refused(
      'entities in a workbook',
      () => workbookFile({ sheets: [{ name: 'x', rows: '' }], parts: { 'xl/worksheets/sheet1.xml': entities } }),
      'damaged-workbook',
      'xlsx',
    ),
  ];
}

/** @param longLineBytes how long a line without end is; a gibibyte by default */
export function poisonFiles({ longLineBytes = gigabyte }: { longLineBytes?: number } = {}): PoisonFile[] {
  return [...badRows, ...bombs(longLineBytes)];
}

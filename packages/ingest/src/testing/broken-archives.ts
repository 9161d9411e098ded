import { gzipSync } from 'node:zlib';
import type { FileErrorCode } from '@hikyaku/types';
import { header, type PoisonFile, refused } from './poison-file.ts';
import { workbookFile } from './workbook-file.ts';
import { zipFile, type ZipFileEntry } from './zip-file.ts';

/** Archives that are damaged, or more than one file. Their rows are good: none of them may be taken in. */
export function brokenArchives(): PoisonFile[] {
  const rows = `${header}\n${Array.from({ length: 20_000 }, (_, i) => `${i},name ${i},${i * 7}`).join('\n')}\n`;
  return [...brokenGzip(rows), ...brokenZip(rows), ...nested(rows)];
}

function damaged(name: string, make: () => Buffer): PoisonFile {
  return refused(name, make, 'damaged-compression');
}

function zipped(name: string, entries: ZipFileEntry[], code: FileErrorCode = 'unsupported-compression'): PoisonFile {
  return refused(`zip ${name}`, () => zipFile(entries), code);
}

function brokenGzip(rows: string): PoisonFile[] {
  const whole = gzipSync(rows);
  return [
    damaged('gzip cut off in its header', () => whole.subarray(0, 8)),
    damaged('gzip cut off in its middle', () => whole.subarray(0, whole.length / 2)),
    damaged('gzip without its last byte', () => whole.subarray(0, -1)),
    damaged('gzip with a second member cut off', () => Buffer.concat([whole, whole.subarray(0, 100)])),
    damaged('gzip with text behind its end', () => Buffer.concat([whole, Buffer.from('1,x,1\n')])),
    damaged('gzip with a member behind zeros', () => Buffer.concat([whole, Buffer.alloc(512), whole])),
    damaged('gzip with a changed byte', () => changed(whole, whole.length / 2)),
    damaged('gzip with another checksum', () => changed(whole, whole.length - 8)),
    damaged('gzip with another length', () => changed(whole, whole.length - 1)),
  ];
}

function brokenZip(rows: string): PoisonFile[] {
  const entry: ZipFileEntry = { name: 'a.csv', content: rows };
  const whole = zipFile([entry]);
  const named = (name: string) =>
    refused(
      `zip with a file named ${JSON.stringify(name)}`,
      () => zipFile([{ ...entry, name }]),
      'unsupported-compression',
    );
  return [
    ...['../../a.csv', '..\\a.csv', 'a/../../b.csv', '/etc/passwd', 'C:\\a.csv', 'a.csv\0.png', ''].map(named),
    zipped('with two files', [entry, { ...entry, name: 'b.csv' }]),
    zipped(
      'with a thousand files',
      Array.from({ length: 1_000 }, (_, i) => ({ name: `${i}.csv`, content: header })),
    ),
    zipped('with a folder', [{ name: 'folder/', content: '', method: 'stored' }, entry]),
    zipped('without a file', []),
    zipped('with a password', [{ ...entry, flags: 1 }]),
    zipped('with another checksum', [{ ...entry, checksum: 1 }], 'damaged-compression'),
    damaged('zip cut off in its header', () => whole.subarray(0, 20)),
    damaged('zip cut off in its middle', () => whole.subarray(0, whole.length / 2)),
    damaged('zip without its directory', () => whole.subarray(0, whole.lastIndexOf('PK\x01\x02'))),
    damaged('zip without its last byte', () => whole.subarray(0, -1)),
    damaged('zip with text behind its end', () => Buffer.concat([whole, Buffer.from('1,x,1\n')])),
    damaged('zip with a changed byte', () => changed(whole, whole.length / 2)),
    damaged('zip whose directory tells another length', () => changed(whole, whole.lastIndexOf('PK\x01\x02') + 24)),
    damaged('zip whose directory tells another name', () => changed(whole, whole.lastIndexOf('a.csv'))),
  ];
}

function nested(rows: string): PoisonFile[] {
  const archive = zipFile([{ name: 'a.csv', content: rows }]);
  const workbook = workbookFile({ sheets: [{ name: 'x', rows: '' }] });
  return [
    refused('gzip in gzip', () => gzipSync(gzipSync(rows)), 'nested-compression'),
    refused('zip in gzip', () => gzipSync(archive), 'nested-compression'),
    refused('zip in zip', () => zipFile([{ name: 'a.zip', content: archive }]), 'nested-compression'),
    refused('gzip in zip', () => zipFile([{ name: 'a.gz', content: gzipSync(rows) }]), 'nested-compression'),
    refused('a workbook in gzip', () => gzipSync(workbook), 'other-format'),
  ];
}

function changed(file: Buffer, place: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(Math.floor(place)) ^ 1, Math.floor(place));
  return copy;
}

import { HikyakuError, tableDefinition } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../test/bytes-of.ts';
import { CsvRecordScanner } from './csv-record-scanner.ts';
import { readHeader } from './read-header.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', header: '氏名', type: 'text', required: true },
    { name: 'note', type: 'text' },
  ],
  primaryKey: ['id'],
});

function read(header: string | Buffer) {
  const scanner = new CsvRecordScanner();
  scanner.push(Buffer.concat([bytesOf(header), Buffer.from('\n')]));
  scanner.next();
  return readHeader(scanner, definition);
}

function errorOf(header: string | Buffer) {
  try {
    return read(header);
  } catch (error) {
    return error instanceof HikyakuError ? { code: error.code, ...error.details } : error;
  }
}

describe('columns are found', () => {
  test('in any order, with the optional ones absent', () => {
    expect(read('氏名,id')).toMatchObject({
      fieldCount: 2,
      columns: [
        { field: 0, cell: '氏名', definition: { name: 'name' } },
        { field: 1, cell: 'id', definition: { name: 'id' } },
      ],
      ignoredColumns: [],
    });
  });

  test('in full width, with spaces around, in quotes; what nobody asked for is reported', () => {
    const header = read('ｉｄ,"コメント, ""旧""", 氏名 ,,extra');
    expect(header.columns.map((column) => [column.field, column.cell])).toEqual([
      [0, 'ｉｄ'],
      [2, '氏名'],
    ]);
    expect(header.ignoredColumns).toEqual(['コメント, "旧"', '', 'extra']);
  });

  test('by name only where there is no header of its own', () => {
    expect(errorOf('id,name')).toEqual({ code: 'missing-columns', columns: '氏名', found: 'id, name' });
  });
});

const refusals: [string, string | Buffer, object][] = [
  [
    'a missing required column and a missing key',
    'note',
    { code: 'missing-columns', columns: 'id, 氏名', found: 'note' },
  ],
  ['a repeated column', 'id,氏名,ｉｄ', { code: 'repeated-columns', columns: 'ｉｄ' }],
  ['too many columns', `id,氏名${','.repeat(1_600)}`, { code: 'too-many-columns', found: 1_602, limit: 1_600 }],
  ['a million columns', 'a,'.repeat(1_000_000), { code: 'too-many-columns', found: 1_000_001, limit: 1_600 }],
  ['Shift_JIS', Buffer.from('69642c8e9696bc', 'hex'), { code: 'not-utf8' }],
  ['UTF-16 without a mark', Buffer.from('69006400', 'hex'), { code: 'not-csv' }],
  ['control characters and no known column', '\u0001\u0002,b', { code: 'not-csv' }],
];

describe('refused', () => {
  test.each(refusals)('%s', (_, header, error) => {
    expect(errorOf(header)).toEqual(error);
  });
});

test('SQL in a header is a name like any other', () => {
  expect(read(`id,氏名,"x""; DROP TABLE reject; --"`).ignoredColumns).toEqual(['x"; DROP TABLE reject; --']);
});

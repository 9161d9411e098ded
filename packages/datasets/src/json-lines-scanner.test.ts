import { tableDefinition } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { cutAtRandom, seededRandom } from '../test/scan-all.ts';
import { describeFault } from './describe-fault.ts';
import { JsonLinesScanner } from './json-lines-scanner.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', header: '氏名', type: 'text' },
    { name: 'amount', type: 'number' },
  ],
  primaryKey: ['id'],
});

/** Each record as `line: text`, or `line! code field value`. */
function scan(file: string | Buffer, longest = 1_000, recordLimitBytes?: number) {
  const scanner = new JsonLinesScanner(definition, recordLimitBytes ? { recordLimitBytes } : {});
  const records: string[] = [];
  const take = () => {
    while (scanner.next()) {
      const { fault, lineNumber, bytes, start, end } = scanner;
      if (fault) {
        const told = describeFault(Object.assign(scanner, { fault }));
        records.push(`${lineNumber}! ${fault} ${told.field ?? '-'} ${told.value}`);
      } else {
        expect(scanner.fieldCount).toBe(3);
        expect(scanner.fieldEnds[2]).toBe(end - start);
        records.push(`${lineNumber}: ${Buffer.from(bytes.subarray(start, end)).toString()}`);
      }
    }
  };
  for (const chunk of cutAtRandom(Buffer.from(file), seededRandom(1), longest)) {
    scanner.push(chunk);
    take();
  }
  scanner.finish();
  take();
  return { records, ignored: scanner.header.ignoredColumns };
}

const cases: [name: string, line: string, record: string][] = [
  ['keys in any order, in full width', '{"amount":1.5,"氏名":"山田","ｉｄ":1}', '1: 1,山田,1.5'],
  ['numbers as they are written', '{"id":12345678901234567890,"amount":1.10E+2}', '1: 12345678901234567890,,1.10E+2'],
  ['null, empty and missing are empty', '{"id":null,"氏名":""}', '1: ,,'],
  ['booleans', '{"id":true,"amount":false}', '1: true,,false'],
  ['of a key that comes twice the last counts', '{"id":1,"氏名":"a","id":2,"氏名":null}', '1: 2,,'],
  ['quotes, commas and line breaks', '{"id":1,"氏名":"a \\"b\\", \\nc\\\\"}', '1: 1,"a ""b"", \nc\\",'],
  ['escapes in keys and values', '{"\\u0069d":1,"氏名":"\\u5c71\\ud842\\udfb7\\/"}', '1: 1,山𠮷/,'],
  ['spaces anywhere', ' { "id" : 1 , "amount" :\t2 } ', '1: 1,,2'],
  [
    'a nested value in a text column is its text',
    '{"id":1,"氏名":{"a":[1,"}"]},"amount":2}',
    '1: 1,"{""a"":[1,""}""]}",2',
  ],
  ['a nested value elsewhere', '{"id":[1,2]}', '1! nested-value 0 [1,2]'],
  ['no JSON', '{"id":1', '1! not-json - {"id":1'],
  ['a comma too many', '{"id":1,}', '1! not-json - {"id":1,}'],
  ['two values', '{"id":1}{"id":2}', '1! not-json - {"id":1}{"id":2}'],
  ['NUL, as it is', '{"id":"\0"}', '1! nul-character - {"id":"␀"}'],
  ['NUL, escaped', '{"id":1,"氏名":"a\\u0000"}', '1! nul-character 1 a␀'],
  ['half a character', '{"id":1,"氏名":"\\ud842"}', '1! invalid-encoding - 1,\uFFFD,'],
];

describe.each(cases)('%s', (_, line, record) => {
  test.each([1, 7, 1_000])('in chunks of up to %i bytes', (longest) => {
    expect(scan(line, longest).records).toEqual([record]);
  });
});

test('every line by itself, with its number', () => {
  const file = Buffer.concat([
    Buffer.from('\uFEFF{"id":1}\r\n\r\n \t\n{"id":2}\r{oops\n{"id":'),
    Buffer.from([0x22, 0x82, 0xa0, 0x22]),
    Buffer.from('}\nnull\n[1]\n{"id":3}'),
  ]);
  for (const longest of [1, 3, 1_000]) {
    expect(scan(file, longest).records.map((record) => record.replace(/(! \S+).*/s, '$1'))).toEqual([
      '1: 1,,',
      '4: 2,,',
      '5! not-json',
      '6! invalid-encoding',
      '7! not-json',
      '8! not-json',
      '9: 3,,',
    ]);
  }
});

test('keys that are nobody’s column are told once', () => {
  expect(scan('{"id":1,"x":1,"y":{}}\n{"id":2,"y":1,"x":2,"z":3}').ignored).toEqual(['x', 'y', 'z']);
});

test.each([1, 3, 1_000])('a line longer than the limit refuses itself alone, in chunks of %i', (longest) => {
  const { records } = scan(`{"id":1}\n{"id":${'1'.repeat(500)}}\n{"id":2}`, longest, 20);
  expect(records).toEqual(['1: 1,,', `2! line-too-long - {"id":11111111111111`, '3: 2,,']);
});

test('brackets without end are no JSON and no crash', () => {
  expect(scan('{"id":' + '['.repeat(900_000)).records[0]).toMatch(/^1! not-json/);
  expect(scan(`{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`).records[0]).toMatch(/^1! nested-value/);
});

test.each([
  ['[{"id":1}]', 'json'],
  ['id,name\n1,a', 'text'],
])('%j is another format', (file, found) => {
  expect(() => scan(file)).toThrow(
    expect.objectContaining({ code: 'other-format', details: { found, expected: 'json-lines' } }),
  );
});

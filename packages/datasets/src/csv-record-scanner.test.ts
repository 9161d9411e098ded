import { describe, expect, test } from 'vitest';
import { bytesOf } from '../test/bytes-of.ts';
import { parseByReference } from '../test/reference-csv.ts';
import { cutAtRandom, scanAll, seededRandom } from '../test/scan-all.ts';
import { CsvRecordScanner } from './csv-record-scanner.ts';

const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const sound = (lineNumber: number, text: string, fieldCount: number) => ({
  lineNumber,
  fault: undefined,
  text: latin1(text),
  fieldCount,
});
const refused = (lineNumber: number, fault: string) => ({ lineNumber, fault });

const cases: { name: string; file: string | Buffer; fieldCount?: number; records: unknown[] }[] = [
  {
    name: 'LF, CRLF and no line ending at the end',
    file: 'a,b\nc,d\r\ne,f',
    records: [sound(1, 'a,b', 2), sound(2, 'c,d', 2), sound(3, 'e,f', 2)],
  },
  {
    name: 'blank lines are no records, and are counted',
    file: '\r\na\n\n\r\nb\n',
    records: [sound(2, 'a', 1), sound(5, 'b', 1)],
  },
  { name: 'a byte order mark belongs to no cell', file: '\uFEFF"a",b\n', records: [sound(1, '"a",b', 2)] },
  { name: 'a byte order mark alone is no record', file: '\uFEFF', records: [] },
  {
    name: 'quoted delimiters, quotes and line endings',
    file: '"a,""b"",\r\nc\n",d\ne\n',
    records: [sound(1, '"a,""b"",\r\nc\n",d', 2), sound(4, 'e', 1)],
  },
  { name: 'empty fields', file: ',,\n"",\n', records: [sound(1, ',,', 3), sound(2, '"",', 2)] },
  {
    name: 'a quote within an unquoted field refuses its line alone',
    file: 'a"b,"\nc\n',
    records: [refused(1, 'stray-quote'), sound(2, 'c', 1)],
  },
  {
    name: 'text behind a closing quote refuses its line alone',
    file: '"a"b,"c\r\nd"\ne',
    records: [refused(1, 'stray-quote'), refused(2, 'stray-quote'), sound(3, 'e', 1)],
  },
  { name: 'a space before a quote makes the quote stray', file: 'a, "b"\n', records: [refused(1, 'stray-quote')] },
  {
    name: 'a lone CR ends a line too, and in quotes is a character',
    file: 'a\rb\n"a"\rc\r\n\r"d\re\r\nf"\rg\r',
    records: [
      sound(1, 'a', 1),
      sound(2, 'b', 1),
      sound(3, '"a"', 1),
      sound(4, 'c', 1),
      sound(6, '"d\re\r\nf"', 1),
      sound(9, 'g', 1),
    ],
  },
  {
    name: 'a quote that is never closed refuses the line it opens in, and the lines behind it are read',
    file: 'a\n"b\n",\n"c\nd\n""\ne',
    records: [
      sound(1, 'a', 1),
      sound(2, '"b\n",', 2),
      refused(4, 'unclosed-quote'),
      sound(5, 'd', 1),
      sound(6, '""', 1),
      sound(7, 'e', 1),
    ],
  },
  {
    name: 'a quote that opens in a later line of its record refuses the record up to there',
    file: '"a\r\nb","c\r\nd\r\n',
    records: [refused(1, 'unclosed-quote'), sound(3, 'd', 1)],
  },
  {
    name: 'a quote that the next quoted field seems to close swallows no line',
    file: '1,"a\n2,b\r\n3,"c\nd"\n4,"e"\n',
    records: [refused(1, 'unclosed-quote'), sound(2, '2,b', 2), sound(3, '3,"c\nd"', 2), sound(5, '4,"e"', 2)],
  },
  {
    name: 'a quote that opens in the last line',
    file: 'a\n"b',
    records: [sound(1, 'a', 1), refused(2, 'unclosed-quote')],
  },
  {
    name: 'an open quote before a lone CR at the end',
    file: '"a\rb\r',
    records: [refused(1, 'unclosed-quote'), sound(2, 'b', 1)],
  },
  {
    name: 'NUL, also in quotes',
    file: 'a\0,b\n"\0\n",c\nd\n',
    records: [refused(1, 'nul-character'), refused(2, 'nul-character'), sound(4, 'd', 1)],
  },
  {
    name: 'bytes that are no UTF-8 refuse their line alone',
    file: Buffer.from('a\n\x8a\xbf\n\xc3\xa9\n\xed\xa0\x80\n', 'latin1'),
    records: [sound(1, 'a', 1), refused(2, 'invalid-encoding'), sound(3, 'é', 1), refused(4, 'invalid-encoding')],
  },
  {
    name: 'another number of columns',
    file: 'a,b\nc\nd,e,f\n',
    fieldCount: 2,
    records: [sound(1, 'a,b', 2), refused(2, 'wrong-column-count'), refused(3, 'wrong-column-count')],
  },
  { name: 'four-byte characters', file: '𠮷,🗻\n', records: [sound(1, '𠮷,🗻', 2)] },
];

describe.each(cases)('$name', ({ file, fieldCount, records }) => {
  test.each([1, 2, 3, 1_000])('in chunks of %i bytes', (size) => {
    const bytes = bytesOf(file);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    expect(scanAll(chunks, { fieldCount })).toEqual(records);
  });
});

describe.each([1, 3, 100])('a record longer than the limit, in chunks of %i bytes', (size) => {
  const scan = (file: string) => {
    const bytes = Buffer.from(file);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    return scanAll(chunks, { recordLimitBytes: 10 });
  };

  test('refuses its line and no other', () => {
    expect(scan('a\n0123456789\r\nb')).toEqual([sound(1, 'a', 1), sound(2, '0123456789', 1), sound(3, 'b', 1)]);
    expect(scan(`a\n0123456789a${'x'.repeat(100)}\r\nb`)).toEqual([
      sound(1, 'a', 1),
      refused(2, 'line-too-long'),
      sound(3, 'b', 1),
    ]);
    expect(scan('a\n0123456789a')).toEqual([sound(1, 'a', 1), refused(2, 'line-too-long')]);
    expect(scan('"23456789abc\nd')).toEqual([refused(1, 'line-too-long'), sound(2, 'd', 1)]);
    expect(scan(`${'a,'.repeat(50)}\nd`)).toEqual([refused(1, 'line-too-long'), sound(2, 'd', 1)]);
  });

  test('goes back to the line behind an open quote', () => {
    expect(scan('a\n"\n\n\n0123456789\nb')).toEqual([
      sound(1, 'a', 1),
      refused(2, 'unclosed-quote'),
      sound(5, '0123456789', 1),
      sound(6, 'b', 1),
    ]);
    expect(scan('"1\r\n34567890\r\nb')).toEqual([
      refused(1, 'unclosed-quote'),
      sound(2, '34567890', 1),
      sound(3, 'b', 1),
    ]);
    // The line behind ends beyond the limit.
    expect(scan('"\rab,cdefg\rhij')).toEqual([
      refused(1, 'unclosed-quote'),
      sound(2, 'ab,cdefg', 2),
      sound(3, 'hij', 1),
    ]);
  });
});

test('a line without end, and one of countless columns, cost no more memory than the limit', () => {
  const scanner = new CsvRecordScanner({ recordLimitBytes: 1_000_000 });
  const chunks = [Buffer.alloc(65_536, 'x'), Buffer.alloc(65_536, ','), Buffer.from('"'), Buffer.alloc(65_536, '""')];
  const before = process.memoryUsage().arrayBuffers;
  for (let round = 0; round < 2_000; round++) {
    scanner.push(chunks[round >> 9]!);
    expect(scanner.next()).toBe(false);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000);
  scanner.push(Buffer.from('\nb\n'));
  expect(scanner.next()).toBe(true);
  expect([scanner.lineNumber, scanner.fault, scanner.end - scanner.start]).toEqual([1, 'line-too-long', 1_000_000]);
  expect(scanner.next()).toBe(true);
  expect([scanner.lineNumber, scanner.fault]).toEqual([2, undefined]);
});

/** Counts how often a byte is looked at. */
function watched(bytes: Uint8Array) {
  const counts = { reads: 0 };
  const chunk = new Proxy(bytes, {
    get(target, property) {
      if (typeof property === 'string' && /^\d/.test(property)) counts.reads++;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { chunk, counts };
}

test.each([
  ['never closed', 'a,"b\nc,d\n""""\ne,""\n'],
  ['seemingly closed by the next', 'a,"b\nc,d\ne,"f"\n'],
  ['of the last line', 'a,b\nc,"d\n""\n'],
])('quotes %s: no byte is looked at more than some times, however many there are', (_, lines) => {
  const file = Buffer.from(lines.repeat(1_000));
  const { chunk, counts } = watched(file);
  const scanner = new CsvRecordScanner({ recordLimitBytes: 500 });
  scanner.push(chunk);
  let records = 0;
  while (scanner.next()) records++;
  expect(records).toBeGreaterThan(500);
  expect(counts.reads).toBeLessThan(6 * file.length);
});

describe('on random files', () => {
  const pieces = ['a', 'b', '"', '"', '""', ',', ',', ';', '\n', '\n', '\r\n', '\r', '\0', 'é', '漢', '𠮷', '\uFEFF'];
  const randomFile = (random: () => number) =>
    Buffer.concat(
      Array.from({ length: Math.floor(random() * 40) }, () => {
        if (random() < 0.02) return Buffer.of(Math.floor(random() * 256));
        return Buffer.from(pieces[Math.floor(random() * pieces.length)]!);
      }),
    );

  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'seed %i: as the reference reads it, whatever the chunks',
    (seed) => {
      const random = seededRandom(seed);
      for (let round = 0; round < 250; round++) {
        const file = randomFile(random);
        const fieldCount = random() < 0.5 ? 2 : undefined;
        const delimiter = random() < 0.5 ? ',' : ';';
        const expected = parseByReference(file, fieldCount, delimiter);
        for (const longest of [1, 3, 50]) {
          const records = scanAll(cutAtRandom(file, random, longest), { fieldCount, delimiter });
          expect(records, JSON.stringify(file.toString('latin1'))).toEqual(expected);
        }
      }
    },
  );

  test.each([1, 2, 3])('seed %i: with a limit, the same whatever the chunks', (seed) => {
    const random = seededRandom(1_000 + seed);
    for (let round = 0; round < 500; round++) {
      const file = randomFile(random);
      const limit = { recordLimitBytes: 1 + Math.floor(random() * 12) };
      const expected = scanAll([file], limit);
      for (const longest of [1, 3, 50]) {
        const records = scanAll(cutAtRandom(file, random, longest), limit);
        expect(records, JSON.stringify(file.toString('latin1'))).toEqual(expected);
      }
    }
  });
});

import { HikyakuError } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../test/bytes-of.ts';
import { parseByReference } from '../test/reference-csv.ts';
import { cutAtRandom, scanAll, seededRandom } from '../test/scan-all.ts';

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
    name: 'a lone CR',
    file: 'a\rb\n"a"\rb\nc\r\n\rd\n',
    records: [
      refused(1, 'stray-carriage-return'),
      refused(2, 'stray-carriage-return'),
      sound(3, 'c', 1),
      refused(4, 'stray-carriage-return'),
    ],
  },
  {
    name: 'a CR at the very end is half a line ending',
    file: 'a\nb\r',
    records: [sound(1, 'a', 1), refused(2, 'stray-carriage-return')],
  },
  { name: 'a CR in quotes is a character', file: '"a\rb"\n', records: [sound(1, '"a\rb"', 1)] },
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

describe('what ends a whole file', () => {
  const limit = 10;
  const errorOf = (file: string, size: number) => {
    const bytes = Buffer.from(file);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    try {
      scanAll(chunks, { recordLimitBytes: limit });
      return undefined;
    } catch (error) {
      return error instanceof HikyakuError ? { code: error.code, details: error.details } : error;
    }
  };

  test.each([1, 3, 100])('a record longer than the limit, in chunks of %i bytes', (size) => {
    expect(errorOf('a\n0123456789\r\n', size)).toBeUndefined();
    expect(errorOf('a\n0123456789a\r\n', size)).toEqual({
      code: 'line-too-long',
      details: { lineNumber: 2, limitBytes: limit },
    });
    expect(errorOf('a\n0123456789a', size)).toEqual({
      code: 'line-too-long',
      details: { lineNumber: 2, limitBytes: limit },
    });
    expect(errorOf('a\n"\n\n\n0123456789a\n"', size)).toEqual({
      code: 'line-too-long',
      details: { lineNumber: 2, limitBytes: limit },
    });
  });

  test.each([1, 3, 100])('a quote that is still open at the end, in chunks of %i bytes', (size) => {
    expect(errorOf('a\n"b\n",\n"c\nd', size)).toEqual({ code: 'unclosed-quote', details: { lineNumber: 4 } });
  });
});

describe('on random files', () => {
  const pieces = ['a', 'b', '"', '"', '""', ',', ',', '\n', '\n', '\r\n', '\r', '\0', 'é', '漢', '𠮷', '\uFEFF'];

  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'seed %i: as the reference reads it, whatever the chunks',
    (seed) => {
      const random = seededRandom(seed);
      for (let round = 0; round < 250; round++) {
        const parts = Array.from({ length: Math.floor(random() * 40) }, () => {
          if (random() < 0.02) return Buffer.of(Math.floor(random() * 256));
          return Buffer.from(pieces[Math.floor(random() * pieces.length)]!);
        });
        const file = Buffer.concat(parts);
        const fieldCount = random() < 0.5 ? 2 : undefined;
        const expected = parseByReference(file, fieldCount);
        for (const longest of [1, 3, 50]) {
          const scan = () => scanAll(cutAtRandom(file, random, longest), { fieldCount });
          if (Array.isArray(expected)) expect(scan(), JSON.stringify(file.toString('latin1'))).toEqual(expected);
          else expect(scan).toThrow(new HikyakuError('unclosed-quote', { details: { lineNumber: expected.line } }));
        }
      }
    },
  );
});

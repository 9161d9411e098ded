import { expect, test } from 'vitest';
import { bytesOf } from '../test/bytes-of.ts';
import { CsvRecordScanner } from './csv-record-scanner.ts';
import { describeFault } from './describe-fault.ts';

function faultOf(line: Buffer | string) {
  const scanner = new CsvRecordScanner();
  scanner.expectedFieldCount = 3;
  scanner.push(Buffer.concat([bytesOf(line), Buffer.from('\n')]));
  scanner.next();
  const { fault } = scanner;
  return fault && describeFault(Object.assign(scanner, { fault }));
}

test.each([
  ['a,b"c,d', { code: 'stray-quote', field: 1, value: 'b"c', details: {} }],
  ['a,b,"c"d\r', { code: 'stray-quote', field: 2, value: '"c"d', details: {} }],

  ['a,"b\0,",d', { code: 'nul-character', field: 1, value: '"b␀,"', details: {} }],
  [Buffer.from('a,b,\x8a\xbf', 'latin1'), { code: 'invalid-encoding', field: 2, value: '\uFFFD\uFFFD', details: {} }],
  ['a,b', { code: 'wrong-column-count', field: undefined, value: 'a,b', details: { expected: 3, found: 2 } }],
])('%j: the cell at fault', (line, fault) => {
  expect(faultOf(line)).toEqual(fault);
});

test('a long value is cut between characters', () => {
  expect(faultOf('𠮷'.repeat(300))?.value).toBe(`${'𠮷'.repeat(199)}…`);
});

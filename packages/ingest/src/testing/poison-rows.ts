import { encodeText, type TextEncoding } from '@hikyaku/datasets/reading';
import type { RejectCode } from '@hikyaku/types';
import { badLine, goodRows, type PoisonFile, type PoisonRow, type Reject } from './poison-file.ts';
import { workbookFile } from './workbook-file.ts';

/** Rows that are wrong, each alone among good ones: the good ones are taken in. */
export function poisonRows(): PoisonFile[] {
  return [...badLines, ...otherEncodings(), ...otherFormats()];
}

const badLines: PoisonFile[] = [
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

/** Their bytes in the middle are none that the encoding has; a backslash and a bar are second bytes of 表 and ポ. */
function otherEncodings(): PoisonFile[] {
  const rows: readonly PoisonRow[] = [
    [1, '髙橋①', 1],
    [2, '表ポ', 2],
    [3, '能', 3],
  ];
  const inEncoding = (encoding: TextEncoding, name: string, bad: number[]): PoisonFile => {
    const text = (value: string) => Buffer.from(encodeText(value, encoding));
    const line = ([id, cell, amount]: PoisonRow) => text(`${id},${cell},${amount}\r\n`);
    const [first, ...others] = rows.map(line);
    const bytes = [
      text('id,name,amount\r\n'),
      first ?? text(''),
      Buffer.concat([text('9,'), Buffer.from(bad), text(',1\r\n')]),
      ...others,
    ];
    const outcome = { rows, rejects: [[3, 'invalid-encoding']] as Reject[] };
    return { name: `${encoding}: ${name}`, format: 'csv', rules: { encoding }, content: () => bytes, outcome };
  };
  return [
    inEncoding('cp932', 'a first byte without its second', [0x81]),
    inEncoding('cp932', 'a byte that begins nothing', [0xff]),
    inEncoding('cp932', 'a place with no character', [0xfc, 0xfc]),
    inEncoding('euc-jp', 'a first byte without its second', [0xa4]),
    inEncoding('euc-jp', 'a byte that begins nothing', [0xff, 0xff]),
    inEncoding('utf-16le', 'half a pair', [0x00, 0xd8]),
    inEncoding('utf-16be', 'the second half of a pair alone', [0xdc, 0x00]),
  ];
}

function otherFormats(): PoisonFile[] {
  return [
    jsonLines('a line that breaks off', '{"id":9,"name":"x"', 'not-json'),
    jsonLines('an array among objects', '[9,"x",1]', 'not-json'),
    jsonLines('a number with a plus', '{"id":+9}', 'not-json'),
    jsonLines('an object for a number', '{"id":9,"amount":{"value":1}}', 'nested-value'),
    jsonLines('brackets without end', `{"id":9,"amount":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'nested-value'),
    jsonLines('NUL, escaped', '{"id":9,"name":"x\\u0000"}', 'nul-character'),
    jsonLines('half a pair, escaped', '{"id":9,"name":"\\ud800"}', 'invalid-encoding'),
    jsonLines('a key from the prototype', '{"__proto__":{"id":9},"name":"x"}', 'required'),
    inWorkbook('an error in a cell', `${number(9)}<c t="e"><v>#REF!</v></c>${number(1)}`, 'error-cell'),
    inWorkbook('NUL in a cell', `${number(9)}${inline('_x0000_')}${number(1)}`, 'nul-character'),
    inWorkbook('a key that is none', `${inline('=1+1')}${inline('x')}${number(1)}`, 'not-integer'),
    {
      name: 'a quote that is not closed, in TSV',
      format: 'tsv',
      content: () => [Buffer.from('id\tname\tamount\n1\ta\t1\n9\t"x\t1\n2\tb\t2\n3\tc\t3\n')],
      outcome: { rows: goodRows, rejects: [[3, 'unclosed-quote']] },
    },
  ];
}

function jsonLines(name: string, line: string, code: RejectCode): PoisonFile {
  const [first, ...others] = goodRows.map(([id, cell, amount]) => JSON.stringify({ id, name: cell, amount }));
  const content = () => [Buffer.from([first, line, ...others].join('\n'))];
  return { name, format: 'json-lines', content, outcome: { rows: goodRows, rejects: [[2, code]] } };
}

function inWorkbook(name: string, cells: string, code: RejectCode): PoisonFile {
  const [first = '', ...others] = goodRows.map(
    ([id, cell, amount]) => `<row>${number(id)}${inline(cell)}${number(amount)}</row>`,
  );
  const rows = [workbookHeader, first, `<row>${cells}</row>`, ...others].join('');
  const content = () => [workbookFile({ sheets: [{ name: 'x', rows }] })];
  return { name, format: 'xlsx', content, outcome: { rows: goodRows, rejects: [[3, code]] } };
}

export const number = (value: number) => `<c><v>${value}</v></c>`;
export const inline = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
export const workbookHeader = `<row>${['id', 'name', 'amount'].map(inline).join('')}</row>`;

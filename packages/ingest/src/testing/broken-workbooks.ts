import type { FileErrorCode } from '@hikyaku/types';
import { goodRows, mebibyte, type PoisonFile, refused } from './poison-file.ts';
import { inline, number, workbookHeader } from './poison-rows.ts';
import { type WorkbookFile, workbookFile } from './workbook-file.ts';
import { zipFile } from './zip-file.ts';

const goodLines = goodRows.map(([id, name, amount]) => `<row>${number(id)}${inline(name)}${number(amount)}</row>`);

/** Workbooks that are damaged, or that unpack to more than anybody has memory for. */
export function brokenWorkbooks(): PoisonFile[] {
  const whole = sheetOf(goodLines.join(''));
  const part = (name: string, content: string, code?: FileErrorCode) =>
    broken(name, () => sheetWith({ 'xl/worksheets/sheet1.xml': content }), code);
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>';
  return [
    part('entities', entities),
    part('a file of the machine for an entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>'),
    part('XML that breaks off', `<worksheet><sheetData>${workbookHeader}`),
    part('a tag without end', `<worksheet a="${'x'.repeat(5 * mebibyte)}"/>`),
    part('tags in tags in tags', '<a>'.repeat(mebibyte / 4)),
    broken('rows that go back', () => sheetOf('<row r="5"><c><v>1</v></c></row><row r="4"><c><v>1</v></c></row>')),
    broken('a row beyond the last', () => sheetOf('<row r="1048577"><c><v>1</v></c></row>')),
    broken('a text that is not there', () => sheetOf('<row><c t="s"><v>99</v></c></row>')),
    broken('cut off in its middle', () => whole.subarray(0, whole.length / 2)),
    broken('without its last byte', () => whole.subarray(0, -1)),
    broken('no zip at all', () => Buffer.from('id,name,amount\n1,a,1\n')),
    broken('an old one, or one with a password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'other-format'),
    broken('a zip of something else', () => zipFile([{ name: 'a.csv', content: 'id' }])),
    broken('no row', () => workbookFile({ sheets: [{ name: 'x', rows: '' }] }), 'empty-file'),
    broken('a column for each name', () => sheetWith({ 'xl/worksheets/sheet1.xml': wideSheet }), 'too-many-columns'),
    broken('texts beyond what is held', () => withStrings(70), 'workbook-too-large'),
    broken('one text beyond what is held', () => withRuns(70), 'workbook-too-large'),
    refused('workbook: more rows than may be', () => sheetOf(goodLines.join('').repeat(10_000)), 'content-too-large', {
      format: 'xlsx',
      rules: { maxContentBytes: mebibyte },
    }),
    longRow(
      'a row of many long cells',
      `<c r="B3" t="inlineStr"><is><t>${'x'.repeat(mebibyte)}</t></is></c>`.repeat(40),
    ),
    longRow(
      'a cell of many long texts',
      `<c t="inlineStr"><is>${`<t>${'x'.repeat(mebibyte)}</t>`.repeat(40)}</is></c>`,
    ),
  ];
}

function sheetOf(rows: string): Buffer {
  return workbookFile({ sheets: [{ name: 'x', rows: workbookHeader + rows }] });
}

function broken(name: string, make: () => Buffer, code: FileErrorCode = 'damaged-workbook'): PoisonFile {
  return refused(`workbook: ${name}`, make, code, { format: 'xlsx' });
}

const wideSheet = `<worksheet><sheetData><row>${inline('x').repeat(1_601)}</row></sheetData></worksheet>`;

function sheetWith(parts: WorkbookFile['parts']): Buffer {
  return workbookFile({ sheets: [{ name: 'x', rows: '' }], ...(parts ? { parts } : {}) });
}

function withStrings(count: number): Buffer {
  const strings = Array.from({ length: count }, () => `<t>${'x'.repeat(mebibyte)}</t>`);
  return workbookFile({ sheets: [{ name: 'x', rows: workbookHeader }], strings });
}

function withRuns(count: number): Buffer {
  const run = `<r><t>${'x'.repeat(mebibyte)}</t></r>`;
  return workbookFile({ sheets: [{ name: 'x', rows: workbookHeader }], strings: [run.repeat(count)] });
}

function longRow(name: string, cells: string): PoisonFile {
  const [first = '', ...others] = goodLines;
  const rows = [workbookHeader, first, `<row>${number(9)}${cells}</row>`, ...others].join('');
  return {
    name: `workbook: ${name}`,
    format: 'xlsx',
    content: () => [workbookFile({ sheets: [{ name: 'x', rows }] })],
    outcome: { rows: goodRows, rejects: [[3, 'line-too-long']] },
  };
}

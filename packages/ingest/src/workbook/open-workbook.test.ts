import { HikyakuError, type TableDefinition, tableDefinition } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../../test/take-in.ts';
import { openRecords } from '../open-records.ts';
import { type WorkbookFile, workbookFile } from '../testing/workbook-file.ts';
import { zipFile } from '../testing/zip-file.ts';

const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'text' }));
const definition = (more: Partial<TableDefinition> = {}) =>
  tableDefinition.parse({ format: 'xlsx', columns, primaryKey: ['a'], ...more });

const header =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="str"><v>b</v></c><c r="C1" t="s"><v>0</v></c></row>';
const sheet = (rows: string) => ({ name: 'Sheet1', rows: header + rows });

/** Each row as `row: line`, or `row! fault: line`. */
async function read(file: Buffer, more: Partial<TableDefinition> = {}): Promise<string[]> {
  const records = await openRecords(chunksOf(file, 1_000), { definition: definition(more) });
  const { scanner } = records;
  const rows: string[] = [];
  try {
    for (let isMore = true; ;) {
      while (scanner.next()) {
        const text = Buffer.from(scanner.bytes.subarray(scanner.start, scanner.end)).toString();
        rows.push(`${scanner.lineNumber}${scanner.fault ? `! ${scanner.fault}` : ''}: ${text}`);
      }
      if (!isMore) return rows;
      isMore = await records.readOn();
    }
  } finally {
    await records.close();
  }
}

const book = (rows: string, { strings = [], ...more }: Partial<WorkbookFile> = {}) =>
  workbookFile({ sheets: [sheet(rows)], strings: ['<t>c</t>', ...strings], ...more });

const prefixed = (rows: string) => rows.replaceAll('<', '<x:').replaceAll('<x:/', '</x:');

const cell = (inside: string, attributes = '') => `<row><c ${attributes}>${inside}</c></row>`;

describe('a cell', () => {
  test.each<[string, string, string, Partial<WorkbookFile>?]>([
    ['a shared text', cell('<v>1</v>', 't="s"'), '山田', { strings: ['<t>山田</t>'] }],
    [
      'a rich text without how it is pronounced',
      cell('<v>1</v>', 't="s"'),
      '東京都',
      { strings: ['<r><t>東京</t></r><r><t>都</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'] },
    ],
    [
      'a text in its cell, with spaces',
      cell('<is><r><t xml:space="preserve"> x </t></r><r><t>y</t></r></is>', 't="inlineStr"'),
      ' x y',
    ],
    [
      'line breaks, quotes and what XML can’t write',
      cell('<v>a_x000D_&#10;"b", &amp;_x005F_</v>', 't="str"'),
      '"a\r\n""b"", &_"',
    ],
    ['a formula', cell('<f>1+1</f><v>2</v>'), '2'],
    ['a formula of text', cell('<f>"x"&amp;"y"</f><v>=xy</v>', 't="str"'), '=xy'],
    ['a boolean', cell('<v>1</v>', 't="b"'), 'true'],
    ['a whole number', cell('<v>12345678901234567</v>'), '12345678901234567'],
    ['noise of 0.1+0.2', cell('<v>0.30000000000000004</v>'), '0.3'],
    ['noise of 1.1', cell('<v>1.1000000000000001</v>'), '1.1'],
    ['a large number', cell('<v>1.5E+20</v>'), '150000000000000000000'],
    ['a small number', cell('<v>-1.25E-7</v>'), '-0.000000125'],
    ['a percentage', cell('<v>0.05</v>', 's="0"'), '0.05', { formats: [10] }],
    ['a day', cell('<v>45982</v>', 's="1"'), '2025-11-21', { formats: [0, 14] }],
    ['a day by its code', cell('<v>45982</v>', 's="0"'), '2025-11-21', { formats: ['[$-411]ggge"年"m"月"d"日";@'] }],
    [
      'a day and a time',
      cell('<v>45982.395833333336</v>', 's="0"'),
      '2025-11-21 09:30:00',
      { formats: ['yyyy/m/d h:mm'] },
    ],
    [
      'a second before midnight, rounded',
      cell('<v>45982.999999999</v>', 's="0"'),
      '2025-11-22 00:00:00',
      { formats: [22] },
    ],
    ['a time', cell('<v>0.5</v>', 's="0"'), '12:00:00', { formats: ['h:mm AM/PM'] }],
    ['a duration', cell('<v>1.5</v>', 's="0"'), '36:00:00', { formats: ['[h]:mm'] }],
    ['a day before March 1900', cell('<v>59</v>', 's="0"'), '1900-02-28', { formats: [14] }],
    ['the day that was none', cell('<v>60</v>', 's="0"'), '1900-02-29', { formats: [14] }],
    ['a day from 1904', cell('<v>44520</v>', 's="0"'), '2025-11-21', { formats: [14], isFrom1904: true }],
    ['a number below zero in a day’s format', cell('<v>-1</v>', 's="0"'), '-1', { formats: [14] }],
    [
      'a number whose format has letters',
      cell('<v>5</v>', 's="0"'),
      '5',
      { formats: ['#,##0"days"\\m_d;[Red]General'] },
    ],
    ['a day as XML has it', cell('<v>2025-11-21T00:00:00</v>', 't="d"'), '2025-11-21'],
  ])('%s', async (_, rows, expected, more) => {
    expect(await read(book(rows, more))).toEqual([`2: ${expected},,`]);
  });
});

describe('rows', () => {
  test('keep the numbers of the sheet; those without a value are none', async () => {
    const rows = [
      '<row r="3"><c r="A3"><v>1</v></c></row>',
      '<row r="4"/><row r="5"><c r="A5" s="1"/><c r="B5" t="inlineStr"><is><t></t></is></c></row>',
      '<row r="7"><c r="C7"><v>3</v></c></row>',
    ];
    expect(await read(book(rows.join('')))).toEqual(['3: 1,,', '7: ,,3']);
  });

  test('and cells go without saying where they are', async () => {
    expect(await read(book('<row><c><v>1</v></c><c r="C2"><v>3</v></c></row><row><c><v>4</v></c></row>'))).toEqual([
      '2: 1,,3',
      '3: 4,,',
    ]);
  });

  test('what stands to the right of the header is nobody’s', async () => {
    expect(await read(book('<row r="2"><c r="A2"><v>1</v></c><c r="F2"><v>9</v></c></row>'))).toEqual(['2: 1,,']);
  });

  test('an error, and a character that no table keeps, refuse their row alone', async () => {
    const rows = `${cell('<v>#N/A</v>', 't="e"')}${cell('<v>_x0000_</v>', 't="str"')}${cell('<v>1</v>')}`;
    expect(await read(book(rows))).toEqual(['2! error-cell: #N/A,,', '3! nul-character: \0,,', '4: 1,,']);
  });

  test('names with a prefix are the same', async () => {
    const part = `<x:worksheet xmlns:x="m"><x:sheetData>${prefixed(header + cell('<v>1</v>'))}</x:sheetData></x:worksheet>`;
    expect(await read(book('', { parts: { 'xl/worksheets/sheet1.xml': part } }))).toEqual(['2: 1,,']);
  });
});

describe('the sheet', () => {
  const sheets = [
    { name: '隠し', state: 'hidden' as const, rows: header + cell('<v>1</v>') },
    { name: '売上', rows: header + cell('<v>2</v>') },
    { name: '明細', rows: header + cell('<v>3</v>') },
  ];
  const file = workbookFile({ sheets, strings: ['<t>c</t>'] });

  test('is the first that people see, or the named one', async () => {
    expect(await read(file)).toEqual(['2: 2,,']);
    expect(await read(file, { sheet: '明細' })).toEqual(['2: 3,,']);
    expect(await read(file, { sheet: '隠し' })).toEqual(['2: 1,,']);
  });

  test('that isn’t there is told with those that are', async () => {
    await expect(read(file, { sheet: 'x' })).rejects.toMatchObject({
      code: 'no-sheet',
      details: { sheet: 'x', sheets: '隠し, 売上, 明細' },
    });
  });
});

describe('refused as a whole', () => {
  const part = (content: string) => book('', { parts: { 'xl/worksheets/sheet1.xml': content } });
  test.each<[string, Buffer, string]>([
    ['no zip', Buffer.from('a,b,c\n1,2,3\n'), 'damaged-workbook'],
    ['a workbook of before 2007, or with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'other-format'],
    ['a zip of something else', zipFile([{ name: 'a.csv', content: 'a' }]), 'other-format'],
    ['a workbook cut short', book(cell('<v>1</v>')).subarray(0, 1_500), 'damaged-workbook'],
    [
      'entities',
      part('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet>&c;</worksheet>'),
      'damaged-workbook',
    ],
    ['an entity nobody knows', part('<worksheet>&c;</worksheet>'), 'damaged-workbook'],
    ['XML that breaks off', part('<worksheet><sheetData>'), 'damaged-workbook'],
    ['a tag without end', part(`<worksheet a="${'x'.repeat(5_000_000)}"/>`), 'damaged-workbook'],
    ['tags in tags', part(`<worksheet>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</worksheet>`), 'damaged-workbook'],
    ['a text that is not there', book(cell('<v>99</v>', 't="s"')), 'damaged-workbook'],
    ['rows that go back', book('<row r="5"><c><v>1</v></c></row><row r="4"><c><v>1</v></c></row>'), 'damaged-workbook'],
    ['a row beyond the last', book('<row r="1048577"><c><v>1</v></c></row>'), 'damaged-workbook'],
    ['a column beyond the last', book('<row><c r="XFE2"><v>1</v></c></row>'), 'damaged-workbook'],
    ['no row', workbookFile({ sheets: [{ name: 'x', rows: '' }] }), 'empty-file'],
    [
      'more columns than a table has',
      workbookFile({ sheets: [{ name: 'x', rows: '<row><c r="XFD1"><v>1</v></c></row>' }] }),
      'too-many-columns',
    ],
  ])('%s', async (_, file, code) => {
    await expect(read(file)).rejects.toMatchObject({ code });
  });

  test('texts beyond what is held', async () => {
    const strings = Array.from({ length: 70 }, () => `<t>${'x'.repeat(1_000_000)}</t>`);
    await expect(read(book('', { strings }))).rejects.toMatchObject({ code: 'workbook-too-large' });
  });

  test('content beyond the dataset’s limit', async () => {
    await expect(read(book(cell('<v>1</v>').repeat(10_000)), { maxContentBytes: 50_000 })).rejects.toMatchObject({
      code: 'content-too-large',
    });
  });

  test('a source that fails, as it does', async () => {
    const failure = new HikyakuError('damaged-encryption');
    async function* source() {
      yield book('').subarray(0, 1_000);
      throw failure;
    }
    await expect(openRecords(source(), { definition: definition() })).rejects.toBe(failure);
  });
});

test('a row that shared texts blow up costs no more memory than the limit', async () => {
  const strings = [`<t>${'x'.repeat(30_000)}</t>`];
  const rows = `<row>${'<c t="s"><v>1</v></c>'.repeat(1_500)}</row>`.repeat(30);
  const wide = `<row>${'<c t="inlineStr"><is><t>a</t></is></c>'.repeat(1_500)}</row>`;
  const file = workbookFile({ sheets: [{ name: 'x', rows: wide + rows }], strings: ['<t>c</t>', ...strings] });
  const definitionOfOne = tableDefinition.parse({
    format: 'xlsx',
    columns: [{ name: 'b', type: 'text' }],
    primaryKey: ['b'],
  });
  await expect(openRecords(chunksOf(file), { definition: definitionOfOne })).rejects.toMatchObject({
    code: 'missing-columns',
  });
  const before = process.memoryUsage().arrayBuffers;
  const more = workbookFile({
    sheets: [{ name: 'x', rows: `${header.replace('</row>', '<c r="BEZ1"><v>0</v></c></row>')}${rows}` }],
    strings: ['<t>c</t>', ...strings],
  });
  const result = await read(more);
  expect(result).toHaveLength(30);
  expect(result.every((row) => row.includes('line-too-long'))).toBe(true);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
});

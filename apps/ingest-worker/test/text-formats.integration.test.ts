import { gzipSync } from 'node:zlib';
import { encodeText, type TextEncoding } from '@hikyaku/datasets/reading';
import { workbookFile, zipFile } from '@hikyaku/ingest/testing';
import type { TableDefinition } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildHouse, type House } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await buildHouse();
  await house.startWorker();
});

afterAll(() => house.tearDown());

beforeEach(() => house.query(`TRUNCATE "${house.target.schema}".items`));

/** How the dataset's files are read from here on. */
const readAs = (definition: Partial<TableDefinition>) =>
  house.query(`UPDATE dataset SET definition = definition - '{format,encoding,delimiter,sheet}'::text[] || $1::jsonb`, [
    JSON.stringify(definition),
  ]);

const cp932 = (text: string) => Buffer.from(encodeText(text, 'cp932'));
const euc = (text: string) => Buffer.from(encodeText(text, 'euc-jp'));
const textCell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
const names = async () => (await house.rows()).map((row) => row.name);

async function keptOf(arrivalId: string) {
  const [form] = await house.query<Record<string, unknown> & { header: Buffer }>(
    'SELECT header, encoding, byte_order_mark, newline, format, delimiter FROM reject_header WHERE arrival_id = $1',
    [arrivalId],
  );
  const lines = await house.query<{ line_number: string; raw: Buffer }>(
    'SELECT line_number, raw FROM reject_line WHERE arrival_id = $1 ORDER BY line_number',
    [arrivalId],
  );
  return { form, lines: lines.map(({ line_number, raw }) => ({ line: Number(line_number), raw })) };
}

const noted = async (arrivalId: string) =>
  (await house.query('SELECT compression, encoding, format FROM arrival WHERE id = $1', [arrivalId]))[0];

describe('a file as Excel writes it in CP932', () => {
  // ～ － ① ㈱ 髙 﨑 half-width kana, and characters whose second byte is a backslash or a bar.
  const hard = ['～', '－', '①㈱', '髙﨑', 'ｱﾞｲｯｼｭｳ', '表ソ能', 'ポ―ボ'];
  const lines = ['id,name,amount', ...hard.map((name, i) => `${i + 1},"${name}",${i}`)];
  const refused = ['x,"髙①～",1', '21,表ソ能,"１２"', '22,ﾎﾟ'];
  const broken = Buffer.concat([cp932('23,'), Buffer.from([0x81]), cp932(',1')]);

  test('is right in the table, and its refused lines are the bytes that were sent', async () => {
    await readAs({});
    const file = Buffer.concat([
      cp932(`${[...lines, ...refused].join('\r\n')}\r\n`),
      broken,
      cp932('\r\n30,末尾,1\r\n'),
    ]);
    expect(file.includes(Buffer.from([0x95, 0x5c, 0x83, 0x5c, 0x94, 0x5c]))).toBe(true);
    const { key } = await house.put('cp932.csv', file);
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'taken_in', rows_rejected: '4' });
    expect(await names()).toEqual([...hard, '末尾']);
    expect(await noted(arrival.id)).toEqual({ compression: null, encoding: 'cp932', format: 'csv' });
    expect(await keptOf(arrival.id)).toEqual({
      form: {
        header: Buffer.from('id,name,amount'),
        encoding: 'cp932',
        byte_order_mark: false,
        newline: '\r\n',
        format: 'csv',
        delimiter: ',',
      },
      lines: [...refused.map(cp932), broken].map((raw, i) => ({ line: hard.length + 2 + i, raw })),
    });
    await house.expectNothingLeft();
  });
});

describe('the same rows', () => {
  // In Unicode these are not the characters that CP932 has at their place, and they stay what they are.
  const rows = ['id,name,amount', '1,〜−,1', '2,髙橋,2', 'x,能〜,3'];
  const all: [TextEncoding, string, Buffer][] = [
    ['utf-8', 'UTF-8', Buffer.from(rows.join('\n'))],
    ['utf-8', 'UTF-8 with a mark', Buffer.from(`\uFEFF${rows.join('\r')}`)],
    ['utf-16le', 'UTF-16LE', Buffer.from(encodeText(`\uFEFF${rows.join('\r\n')}`, 'utf-16le'))],
    ['utf-16be', 'UTF-16BE', Buffer.from(encodeText(`\uFEFF${rows.join('\n')}`, 'utf-16be'))],
  ];

  test.each(all)('%s: %s', async (encoding, name, file) => {
    await readAs({});
    const { key } = await house.put(`${name}.csv.gz`, gzipSync(file));
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'taken_in', rows_rejected: '1' });
    expect(await names()).toEqual(['〜−', '髙橋']);
    const { form, lines } = await keptOf(arrival.id);
    expect(form).toMatchObject({ encoding, header: Buffer.from(encodeText('id,name,amount', encoding)) });
    expect(lines).toEqual([{ line: 4, raw: Buffer.from(encodeText('x,能〜,3', encoding)) }]);
  });

  test('EUC-JP, where the dataset says so', async () => {
    await readAs({ encoding: 'euc-jp' });
    const { key } = await house.put('euc.csv', euc('id,name,amount\n1,髙橋ｱｲ,1\nx,表,2'));
    const arrival = await house.arrival(key);
    expect(await names()).toEqual(['髙橋ｱｲ']);
    expect((await keptOf(arrival.id)).lines).toEqual([{ line: 3, raw: euc('x,表,2') }]);
  });
});

describe('other formats', () => {
  test('TSV in a zip file', async () => {
    await readAs({ format: 'tsv' });
    const content = 'id\tname\tamount\n1\t"a\tb"\t1\n2\ta,b\t2\nx\ty\t3\n';
    const { key } = await house.put('rows.zip', zipFile([{ name: 'rows.tsv', content, sizesFollow: true }]));
    const arrival = await house.arrival(key);
    expect(await names()).toEqual(['a\tb', 'a,b']);
    expect(await noted(arrival.id)).toEqual({ compression: 'zip', encoding: 'utf-8', format: 'tsv' });
    expect(await keptOf(arrival.id)).toMatchObject({
      form: { format: 'tsv', delimiter: '\t', header: Buffer.from('id\tname\tamount') },
      lines: [{ line: 4, raw: Buffer.from('x\ty\t3') }],
    });
  });

  test('JSON Lines', async () => {
    await readAs({ format: 'json-lines' });
    const sent = [
      '{"id":1,"name":"a","amount":0.10}',
      '{"id":"x","name":"b"}',
      '{"id":2',
      '{"id":3,"name":"c","more":1}',
    ];
    const { key } = await house.put('rows.jsonl', sent.join('\n'));
    const arrival = await house.arrival(key);
    expect(await house.rows()).toMatchObject([
      { id: '1', name: 'a', amount: '0.10' },
      { id: '3', name: 'c', amount: null },
    ]);
    expect(await keptOf(arrival.id)).toMatchObject({
      form: { format: 'json-lines', header: Buffer.alloc(0) },
      lines: [
        { line: 2, raw: Buffer.from(sent[1]!) },
        { line: 3, raw: Buffer.from(sent[2]!) },
      ],
    });
  });

  test('a workbook, whose refused rows are kept as CSV', async () => {
    await readAs({ format: 'xlsx' });
    const rows = [
      row(textCell('id'), textCell('name'), textCell('amount')),
      row('<c><v>1</v></c>', textCell('髙橋, a'), '<c><v>0.30000000000000004</v></c>'),
      row(textCell('x'), textCell('=1+1, b'), '<c><v>1</v></c>'),
    ];
    const { key } = await house.put('rows.xlsx', workbookFile({ sheets: [{ name: '売上', rows: rows.join('') }] }));
    const arrival = await house.arrival(key);
    expect(await house.rows()).toMatchObject([{ id: '1', name: '髙橋, a', amount: '0.3' }]);
    expect(await noted(arrival.id)).toEqual({ compression: null, encoding: null, format: 'xlsx' });
    expect(await keptOf(arrival.id)).toMatchObject({
      form: {
        format: 'xlsx',
        header: Buffer.from('id,name,amount'),
        encoding: 'utf-8',
        byte_order_mark: true,
        newline: '\r\n',
      },
      lines: [{ line: 3, raw: Buffer.from('x,"=1+1, b",1') }],
    });
    await house.expectNothingLeft();
  });

  test.each<[string, Buffer, string, object]>([
    ['pdf.csv', Buffer.from('%PDF-1.7\n'), 'other-format', { found: 'pdf', expected: 'csv' }],
    [
      'book.csv',
      workbookFile({ sheets: [{ name: 'x', rows: '' }] }),
      'other-format',
      { found: 'office', expected: 'csv' },
    ],
    [
      'two.zip',
      zipFile([
        { name: 'a.csv', content: 'id' },
        { name: 'b.csv', content: 'id' },
      ]),
      'unsupported-compression',
      { kind: 'several' },
    ],
    ['twice.csv.gz', gzipSync(gzipSync('id,name')), 'nested-compression', { found: 'gzip' }],
  ])('%s is refused and told what it is', async (name, file, code, details) => {
    await readAs({});
    const { key } = await house.put(name, file);
    expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: code, cause_details: details });
    await house.expectNothingLeft();
  });
});

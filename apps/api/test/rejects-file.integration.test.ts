import { randomUUID } from 'node:crypto';
import { encodeText, type TextEncoding } from '@hikyaku/datasets/reading';
import { recordArrival } from '@hikyaku/db/ledger';
import type { RejectCode } from '@hikyaku/types';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';

let api: TestApi;
let pool: Pool;
let organization: TestOrganization;
let client: ApiClient;

beforeAll(async () => {
  api = await testApi();
  pool = new Pool({ connectionString: api.database.app, max: 1 });
  organization = await api.makeOrganization();
  client = await api.signIn(await api.makeMember(organization, 'uploader'));
});

afterAll(async () => {
  await pool.end();
  await api.close();
});

interface Line {
  line: number;
  raw: string | Buffer | null;
  faults: { column?: string; code: RejectCode; value?: string }[];
}

/** A file whose run has left these refused lines behind. */
async function makeFile(
  fileName: string,
  form: {
    header: string | Uint8Array;
    newline: string;
    mark?: boolean;
    encoding?: string;
    format?: string;
    delimiter?: string;
  },
  lines: Line[],
): Promise<string> {
  const key = `incoming/${organization.id}/${organization.dataset.slug}/${fileName}`;
  const { id } = await recordArrival(pool, {
    bucket: 'b',
    key,
    versionId: randomUUID(),
    etag: 'e',
    sizeBytes: 10,
    at: new Date(),
  });
  await api.superuser.query(
    `INSERT INTO reject_header (organization_id, arrival_id, header, encoding, byte_order_mark, newline, format, delimiter)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      organization.id,
      id,
      Buffer.from(form.header),
      form.encoding ?? 'utf-8',
      form.mark ?? false,
      form.newline,
      form.format ?? 'csv',
      form.delimiter ?? ',',
    ],
  );
  for (const { line, raw, faults } of lines) {
    await api.superuser.query(
      'INSERT INTO reject_line (organization_id, arrival_id, line_number, raw) VALUES ($1, $2, $3, $4)',
      [organization.id, id, line, raw === null ? null : Buffer.from(raw)],
    );
    for (const { column = null, code, value = null } of faults) {
      await api.superuser.query(
        `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, column_name, code, value)
         VALUES ($1, $2, gen_random_uuid(), $3, $4, $5, $6)`,
        [organization.id, id, line, column, code, value],
      );
    }
  }
  return id;
}

const download = (fileId: string, locale = 'en') => client.fetch(`/api/files/${fileId}/rejects.csv?locale=${locale}`);

/** The bytes, as a browser saves them. */
async function bytesOf(fileId: string, locale: string): Promise<Buffer> {
  const response = await fetch(new URL(`/api/files/${fileId}/rejects.csv?locale=${locale}`, api.url), {
    headers: { cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  return Buffer.from(await response.arrayBuffer());
}

describe('a download of refused lines in the form they were sent in', () => {
  test.each<TextEncoding>(['cp932', 'euc-jp', 'utf-16le', 'utf-16be'])(
    '%s: bytes as sent, reasons in the same encoding',
    async (encoding) => {
      const encode = (text: string) => Buffer.from(encodeText(text, encoding));
      const mark = encoding.startsWith('utf-16');
      const raw = Buffer.concat([encode('"髙①～表ソ",'), Buffer.from([0x81, 0x0b])]);
      const fileId = await makeFile('売上.csv', { header: encode('"氏名",金額'), newline: '\r\n', encoding, mark }, [
        { line: 2, raw, faults: [{ column: '〜金額−', code: 'not-number' }] },
      ]);
      expect((await bytesOf(fileId, 'ja')).toString('latin1')).toBe(
        Buffer.concat([
          encode(`${mark ? '\uFEFF' : ''}"氏名",金額,Hikyaku 行番号,Hikyaku 不備の理由\r\n`),
          raw,
          encode(',2,『〜金額−』が数値ではありません。\r\n'),
        ]).toString('latin1'),
      );
    },
  );

  test('with the delimiter of the file, and an open quote closed behind what was sent', async () => {
    const fileId = await makeFile('a.tsv', { header: 'a\tb', newline: '\n', format: 'tsv', delimiter: '\t' }, [
      { line: 2, raw: '1\t"x', faults: [{ code: 'unclosed-quote' }] },
      { line: 3, raw: null, faults: [{ code: 'line-too-long' }] },
    ]);
    const { body, headers } = await download(fileId);
    expect(body.split('\n').slice(0, 3)).toEqual([
      'a\tb\tHikyaku line\tHikyaku reason',
      '1\t"x"\t2\tThe line has a quotation mark that is not closed.',
      '\t\t3\tThe line is too long. / This line is too long to be included here.',
    ]);
    expect(headers.get('content-disposition')).toContain('a refused lines.tsv');
  });

  test('rows of a workbook as CSV without formulas, numbers untouched', async () => {
    const form = { header: '=a,b', newline: '\r\n', mark: true, format: 'xlsx' };
    const fileId = await makeFile('売上.xlsx', form, [
      { line: 2, raw: '"=HYPERLINK(""x"",1)",-5', faults: [{ column: 'b', code: 'out-of-range' }] },
    ]);
    const [head, line] = (await download(fileId)).body.split('\r\n');
    expect(head).toBe("'=a,b,Hikyaku line,Hikyaku reason");
    expect(line).toBe(`"'=HYPERLINK(""x"",1)",-5,2,'b' is out of range.`);
    expect((await bytesOf(fileId, 'ja')).subarray(0, 3).toString('hex')).toBe('efbbbf');
  });

  test('JSON Lines as JSON Lines, nothing of them read and written again', async () => {
    const form = { header: '', newline: '\n', format: 'json-lines' };
    const fileId = await makeFile('a.jsonl', form, [
      { line: 2, raw: '{"id":12345678901234567890, "x":1.0 }', faults: [{ column: 'id', code: 'out-of-range' }] },
      { line: 3, raw: '{}', faults: [{ column: 'id', code: 'required' }] },
      { line: 4, raw: '{"id":', faults: [{ code: 'not-json' }] },
      { line: 5, raw: null, faults: [{ code: 'line-too-long' }] },
    ]);
    const { body, headers } = await download(fileId);
    expect(body.trimEnd().split('\n')).toEqual([
      `{"id":12345678901234567890, "x":1.0,"_line":2,"_reason":"'id' is out of range."}`,
      `{"_line":3,"_reason":"'id' is empty."}`,
      `{"_line":4,"_reason":"The line is not a JSON object.","_raw":"{\\"id\\":"}`,
      `{"_line":5,"_reason":"The line is too long. / This line is too long to be included here."}`,
    ]);
    expect(headers.get('content-disposition')).toContain('a refused lines.jsonl');
  });
});

describe('a download of refused lines', () => {
  test('is the header and the lines as they were sent, with line and reason behind them, in the language asked for', async () => {
    const fileId = await makeFile('売上 (11月).csv.gz.age', { header: '"番号",金額', newline: '\r\n', mark: true }, [
      { line: 3, raw: '1,"１，２００円"', faults: [{ column: '金額', code: 'not-number', value: '１，２００円' }] },
      {
        line: 9,
        raw: ',"a\nb"',
        faults: [
          { column: '番号', code: 'required' },
          { column: '金額', code: 'not-number' },
        ],
      },
    ]);
    const ja = await download(fileId, 'ja');
    expect(ja.body).toBe(
      '"番号",金額,Hikyaku 行番号,Hikyaku 不備の理由\r\n' +
        '1,"１，２００円",3,『金額』が数値ではありません。\r\n' +
        ',"a\nb",9,『番号』が空です。／『金額』が数値ではありません。\r\n',
    );
    const en = await download(fileId);
    expect(en.body.split('\r\n')[1]).toBe(`1,"１，２００円",3,'金額' is not a number.`);
    expect(en.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''%E5%A3%B2%E4%B8%8A%20%2811%E6%9C%88%29%20refused%20lines.csv`,
    );
    expect(en.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(en.headers.get('x-content-type-options')).toBe('nosniff');
    expect(en.headers.get('cache-control')).toBe('private, no-store');
  });

  test('keeps the mark at the beginning, and bytes that are no text', async () => {
    const broken = Buffer.from([0x93, 0x8c, 0x2c, 0x31]);
    const fileId = await makeFile('broken.csv', { header: 'a,b', newline: '\n', mark: true }, [
      { line: 2, raw: broken, faults: [{ code: 'invalid-encoding' }] },
    ]);
    const response = await fetch(new URL(`/api/files/${fileId}/rejects.csv`, api.url), {
      headers: { cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 6).toString('hex')).toBe('efbbbf612c62');
    expect(bytes.includes(broken)).toBe(true);
  });

  test('has no formula in our columns, whatever the column is called, and doubles its quotes', async () => {
    const fileId = await makeFile('formula.csv', { header: '=a,"b"', newline: '\n' }, [
      { line: 2, raw: '=1+1,x', faults: [{ column: '=cmd|"x"', code: 'not-number', value: '=1+1' }] },
    ]);
    for (const locale of ['ja', 'en']) {
      const [, line = ''] = (await download(fileId, locale)).body.split('\n');
      const own = line.slice('=1+1,x,2,'.length);
      // What the sender wrote stays as it was.
      expect(line.startsWith('=1+1,x,2,')).toBe(true);
      expect(own).toMatch(/^"[^=+\-@\t\r]/);
      expect(own.slice(1, -1)).toContain('=cmd|""x""');
    }
  });

  test('tells a line that was too long to keep, in as many columns', async () => {
    const fileId = await makeFile('long.csv', { header: 'a,"b,c",d', newline: '\n' }, [
      { line: 2, raw: null, faults: [{ column: 'a', code: 'too-long' }] },
    ]);
    expect((await download(fileId)).body.split('\n')[1]).toBe(
      ",,,2,'a' is too long. / This line is too long to be included here.",
    );
  });

  test('has every line once, however many there are', async () => {
    const lines = Array.from({ length: 1_050 }, (_, i) => i + 2);
    const fileId = await makeFile('many.csv', { header: 'a', newline: '\n' }, []);
    await api.superuser.query(
      `INSERT INTO reject_line (organization_id, arrival_id, line_number, raw)
       SELECT $1, $2, n, convert_to('x' || n, 'UTF8') FROM unnest($3::bigint[]) n`,
      [organization.id, fileId, lines],
    );
    const { body } = await download(fileId);
    const [, ...rows] = body.trimEnd().split('\n');
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual(lines.map((n) => [`x${n}`, String(n)]));
  });

  test.each(['not-an-id', randomUUID()])('is not there for %s', async (id) => {
    expect((await download(id)).status).toBe(404);
  });
});

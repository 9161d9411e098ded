import { gzipSync } from 'node:zlib';
import { encodeText, type TextEncoding } from '@hikyaku/datasets/reading';
import type { ReadingRules } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { rulesWith } from '../test/reading-rules.ts';
import { preflightFile, type PreflightOptions } from './preflight-file.ts';
import { previewFile } from './preview-file.ts';

const header = '伝票番号,店舗名,金額,売上日';
const sales = `${header}\n1,銀座店,100,2026-11-22\n2,梅田店,200,2026/11/23\n`;

function look(content: string | Uint8Array<ArrayBuffer> | Blob, options: Partial<PreflightOptions> = {}) {
  const file = content instanceof Blob ? content : new Blob([content]);
  return preflightFile(file, { fileName: 'sales.csv', rules: rulesWith(), scope: 'head', ...options });
}

function encode(text: string, encoding: TextEncoding): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(encodeText(text, encoding));
}

function codesOf({ findings }: Awaited<ReturnType<typeof look>>): string[] {
  return findings.map((finding) => (finding.code === 'file-refused' ? finding.cause.code : finding.code));
}

describe('a sound file', () => {
  test('has no findings, and its first rows are shown', async () => {
    const report = await look(sales);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({
      isClean: true,
      isWhole: true,
      rows: { read: 2, refused: 0, repeated: 0, undecided: 0 },
      encoding: { readAs: 'utf-8', looksLike: null },
      preview: {
        header: ['伝票番号', '店舗名', '金額', '売上日'],
        rows: [
          { lineNumber: 2, cells: ['1', '銀座店', '100', '2026-11-22'] },
          { lineNumber: 3, cells: ['2', '梅田店', '200', '2026/11/23'] },
        ],
      },
    });
  });

  test.each(['utf-8', 'cp932'] as const)('is read in %s as the worker reads it', async (encoding) => {
    const report = await look(encode(sales, encoding));
    expect(report.encoding).toEqual({ readAs: encoding, looksLike: null });
    expect(report.findings).toEqual([]);
  });

  test.each(['utf-16le', 'utf-16be'] as const)('is read by its mark: %s', async (encoding) => {
    const report = await look(encode(`\uFEFF${sales}`, encoding));
    expect(report.encoding?.readAs).toBe(encoding);
    expect(report.preview?.header[0]).toBe('伝票番号');
    expect(report.findings).toEqual([]);
  });

  test('is unpacked', async () => {
    const report = await look(Uint8Array.from(gzipSync(sales)), { fileName: 'sales.csv.gz' });
    expect(report).toMatchObject({ isWhole: true, rows: { read: 2 }, findings: [] });
  });

  test('has half-width kana alone, and is not taken for EUC-JP', async () => {
    const names = ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ｻﾄｳ ﾊﾅｺ', 'ｽｽﾞｷ ｲﾁﾛｳ', 'ﾀｶﾊｼ ｼﾞﾛｳ'].flatMap((name) => [name, `${name} ｻﾏ`]);
    const rules = rulesWith({ columns: [{ name: 'name', type: 'text' }], primaryKey: [], mode: 'insert' });
    const report = await look(encode(`name\n${names.join('\n')}\n`, 'cp932'), { rules });
    expect(report.findings).toEqual([]);
  });
});

describe('a file in another encoding than it is read as', () => {
  test.each([
    ['euc-jp', {}, 'cp932'],
    ['utf-16le', {}, 'cp932'],
    ['utf-16be', {}, 'cp932'],
    ['cp932', { encoding: 'utf-8' }, 'utf-8'],
    ['utf-8', { encoding: 'cp932' }, 'cp932'],
    ['utf-8', { encoding: 'euc-jp' }, 'euc-jp'],
  ] as const)('looks like %s', async (looksLike, input, readAs) => {
    const report = await look(encode(sales.repeat(3), looksLike), { rules: rulesWith(input) });
    expect(report.encoding).toEqual({ readAs, looksLike });
    expect(report.findings).toContainEqual({ code: 'encoding-mismatch', level: 'advice', readAs, looksLike });
    expect(codesOf(report).some((code) => ['missing-columns', 'not-utf8', 'not-csv'].includes(code))).toBe(true);
  });

  test('is not one where its dataset says what it is', async () => {
    const report = await look(encode(sales, 'euc-jp'), { rules: rulesWith({ encoding: 'euc-jp' }) });
    expect(report.findings).toEqual([]);
  });
});

describe('a header', () => {
  test('is matched whatever its width and spaces', async () => {
    expect((await look(` 伝票番号 ,店舗名,金額,売上日\n1,a,1,\n`)).findings).toEqual([]);
    const rules = rulesWith({ columns: [{ name: 'amount', type: 'integer' }], primaryKey: ['amount'] });
    expect((await look('ａｍｏｕｎｔ\n1\n', { rules })).findings).toEqual([]);
  });

  test('that lacks a column is told with the one that may be meant, and the rows are judged all the same', async () => {
    const report = await look(`伝票番号,店舗,金額,売上日\n1,a,x,\n`);
    expect(report.findings).toEqual([
      { code: 'missing-column', level: 'refused', column: '店舗名', suggestion: '店舗' },
      { code: 'rows-refused', level: 'refused', refused: 1, read: 1, isWhole: true },
    ]);
    expect(report.faults[0]).toMatchObject({ lineNumber: 2, column: '金額', code: 'not-number' });
  });

  test('with an unknown column names the optional one it may be', async () => {
    const report = await look(`伝票番号,店舗名,金額（円）,備考\n1,a,1,\n`);
    expect(report.findings).toEqual([
      { code: 'unknown-column', level: 'advice', cell: '金額（円）', suggestion: '金額' },
      { code: 'ignored-columns', level: 'note', cells: ['備考'] },
    ]);
  });

  test('with further columns stops nobody', async () => {
    expect((await look(`${header},備考\n1,a,1,,x\n`)).isClean).toBe(true);
  });

  test('that names a column twice refuses the file', async () => {
    expect(codesOf(await look(`伝票番号,店舗名,店舗名\n1,a,b\n`))).toEqual(['repeated-columns']);
  });

  test.each(['\t', ';', '|'])('split at another mark: %j', async (found) => {
    const report = await look(sales.replaceAll(',', found));
    expect(report.findings).toContainEqual({ code: 'delimiter-mismatch', level: 'advice', expected: ',', found });
    expect(codesOf(report)).toContain('missing-columns');
  });
});

describe('rows', () => {
  test('that will be refused are told by line, column and reason, with how to write them', async () => {
    const rows = ['1,銀座店,"1,200円",2026-11-22', '２,a,１００,令和8年11月22日', ',ながすぎる店,1,20261122', '4,a'];
    const report = await look(`${header}\n${rows.join('\n')}\n`);
    expect(report.rows).toMatchObject({ read: 4, refused: 4 });
    expect(report.faults.map((f) => [f.lineNumber, f.column, f.code, f.hint?.code, f.hint?.instead])).toEqual([
      [2, '金額', 'not-number', 'unit', '1200'],
      [3, '伝票番号', 'not-integer', 'full-width', '2'],
      [3, '金額', 'not-number', 'full-width', '100'],
      [3, '売上日', 'not-date', 'japanese-era', '2026-11-22'],
      [4, '伝票番号', 'required', undefined, undefined],
      [4, '店舗名', 'too-long', undefined, undefined],
      [4, '売上日', 'not-date', 'compact-date', '2026-11-22'],
      [5, null, 'wrong-column-count', undefined, undefined],
    ]);
    expect(report.findings).toEqual([{ code: 'rows-refused', level: 'refused', refused: 4, read: 4, isWhole: true }]);
  });

  test('with the same key are counted, however the key is written', async () => {
    const report = await look(`${header}\n1,a,,\n01,b,,\n2,c,,\n+1,d,,\n`);
    expect(report.findings).toEqual([{ code: 'repeated-keys', level: 'advice', rows: 2, isComplete: true }]);
  });

  test('refused beyond what the dataset tolerates refuse the file', async () => {
    const rules = rulesWith({ rejectLimit: 1 });
    const report = await look(`${header}\nx,a,,\ny,b,,\n`, { rules });
    expect(codesOf(report)).toEqual(['too-many-rejects', 'rows-refused']);
    const share = await look(`${header}\nx,a,,\n2,b,,\n`, { rules: rulesWith({ rejectLimitPercent: 10 }) });
    expect(codesOf(share)).toEqual(['too-many-rejects', 'rows-refused']);
  });
});

describe('JSON Lines', () => {
  const rules = rulesWith({ format: 'json-lines' });

  test('are read by their keys', async () => {
    const report = await look('{"伝票番号":1,"店舗名":"a","金額":"x"}\n{"店舗名":"b"}\n{]\n', { rules });
    expect(report.faults.map(({ lineNumber, column, code }) => [lineNumber, column, code])).toEqual([
      [1, '金額', 'not-number'],
      [2, '伝票番号', 'required'],
      [3, null, 'not-json'],
    ]);
  });

  test('are not one array', async () => {
    const report = await look('[{"伝票番号":1}]', { rules });
    expect(codesOf(report)).toEqual(['other-format']);
    expect(report.preview).toBeNull();
  });
});

describe('what nobody can look into', () => {
  test.each([
    ['encrypted', 'age-encryption.org/v1\n-> X25519 abc\n', {}],
    ['encrypted', '-----BEGIN AGE ENCRYPTED FILE-----\n', {}],
    ['encrypted', '-----BEGIN PGP MESSAGE-----\n', {}],
    ['signed', Uint8Array.from([0xc4, 0x0d, 0x03, 0x00, 0x0a, 0x16, 1, 2]), {}],
    ['signed', '-----BEGIN PGP MESSAGE-----\n\nxA0DAAoWAQI=\n', {}],
    ['zip', 'PK\u0003\u0004aaaaaaaaaa', {}],
    ['xlsx', 'PK\u0003\u0004[Content_Types].xml', { format: 'xlsx' }],
  ] as const)('is told as %s, and stops nobody', async (form, content, input) => {
    const report = await look(content, { rules: rulesWith(input) });
    expect(report.findings).toEqual([{ code: 'not-looked-into', level: 'note', form }]);
    expect(report.isClean).toBe(true);
  });

  test('a workbook is told as one inside of gzip too', async () => {
    const workbook = Uint8Array.from(gzipSync('PK\u0003\u0004[Content_Types].xml'));
    const report = await look(workbook, { fileName: 'a.xlsx.gz', rules: rulesWith({ format: 'xlsx' }) });
    expect(report.findings).toEqual([{ code: 'not-looked-into', level: 'note', form: 'xlsx' }]);
    expect(report.preview).toBeNull();
  });

  test('a gzip file that breaks off is no reason to refuse it', async () => {
    const report = await look(Uint8Array.from(gzipSync(sales.repeat(100)).subarray(0, 60)));
    expect(report.findings).toContainEqual({ code: 'not-looked-into', level: 'note', form: 'gzip-unreadable' });
  });
});

describe('hostile and wrong input ends with a finding', () => {
  const noise = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7_919) % 251);
  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['an empty file', '', 'empty-file'],
    ['blank lines alone', '\n\n\r\n', 'empty-file'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'other-format'],
    ['noise', noise, 'not-csv'],
    ['NULs', '\0'.repeat(5_000), 'not-csv'],
    ['a quote that is never closed', `"${'a\n'.repeat(100)}`, 'unclosed-quote'],
    ['a header without an end', 'a'.repeat(6 * 1024 ** 2), 'line-too-long'],
    ['a quoted header without an end', `"${'a'.repeat(6 * 1024 ** 2)}`, 'line-too-long'],
  ])('%s', async (_, content, code) => {
    expect(codesOf(await look(content))).toContain(code);
  });

  test.each<[string, string | Uint8Array<ArrayBuffer>, string]>([
    ['a CSV file', sales, 'damaged-workbook'],
    ['a CSV file that is compressed', Uint8Array.from(gzipSync(sales)), 'damaged-workbook'],
    ['an empty file', '', 'empty-file'],
  ])('in the place of a workbook: %s', async (_, content, code) => {
    const report = await look(content, { rules: rulesWith({ format: 'xlsx' }) });
    expect(codesOf(report)).toEqual([code]);
    expect(report.preview).toBeNull();
  });

  test.each(['gzip', 'zip'])('compressed twice: %s', async (inner) => {
    const packed = inner === 'gzip' ? gzipSync(sales) : 'PK\u0003\u0004aaaaaaaaaa';
    expect(codesOf(await look(Uint8Array.from(gzipSync(packed))))).toEqual(['nested-compression']);
  });

  test('a line of 64 MiB is one refused row', async () => {
    const line = new Uint8Array(1024 ** 2).fill(0x61);
    const file = new Blob([`${header}\n1,a,,\n`, ...Array.from({ length: 64 }, () => line), '\n2,b,,\n']);
    const report = await look(file, { scope: 'whole' });
    expect(report.rows).toMatchObject({ read: 3, refused: 1 });
    expect(report.faults[0]).toMatchObject({ lineNumber: 3, code: 'line-too-long' });
  });

  test('what unpacks without end is told where it is too large', async () => {
    const bomb = Uint8Array.from(gzipSync(`${header}\n${'1,a,,\n'.repeat(1_000_000)}`));
    const report = await look(bomb, { scope: 'whole', rules: rulesWith({ maxContentBytes: 1_000_000 }) });
    expect(report.findings).toContainEqual({
      code: 'file-refused',
      level: 'refused',
      cause: { code: 'content-too-large', details: { limitBytes: 1_000_000 } },
    });
  });

  test('what is as large as it is has no such limit', async () => {
    const plain = `${header}\n${Array.from({ length: 1_000 }, (_, i) => `${i},a,,`).join('\n')}\n`;
    const report = await look(plain, { scope: 'whole', rules: rulesWith({ maxContentBytes: 1_000 }) });
    expect(report).toMatchObject({ isWhole: true, rows: { read: 1_000 }, findings: [] });
  });
});

describe('a large file', () => {
  const rows = Array.from({ length: 400_000 }, (_, i) => `${i},店${i % 100},${i},2026-11-22`);
  const file = new Blob([`${header}\n${rows.join('\n')}\nx,a,,\n`]);

  test('is looked at in its first megabytes, and nothing is said of what was not read', async () => {
    const report = await look(file);
    expect(report.isWhole).toBe(false);
    expect(report.bytes.seen).toBe(5 * 1024 ** 2);
    expect(report.rows.read).toBeGreaterThan(100_000);
    expect(report.findings).toEqual([]);
  });

  test('is looked at as a whole, with progress', async () => {
    const seen: number[] = [];
    const report = await look(file, { scope: 'whole', onProgress: ({ bytesSeen }) => seen.push(bytesSeen) });
    expect(report.isWhole).toBe(true);
    expect(report.rows).toMatchObject({ read: 400_001, refused: 1 });
    expect(report.faults).toMatchObject([{ lineNumber: 400_002, code: 'not-integer' }]);
    expect(seen.at(-1)).toBe(file.size);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('can be stopped', async () => {
    const stop = new AbortController();
    const looking = look(file, { scope: 'whole', signal: stop.signal, onProgress: () => stop.abort() });
    await expect(looking).rejects.toThrow('aborted');
  });
});

test.each(['sales.csv.age', 'sales.csv.gpg', 'sales.csv.age.gz'])(
  'an open file that is called %s is refused, whatever is in it',
  async (fileName) => {
    expect(codesOf(await look(sales, { fileName }))).toEqual(['not-encrypted']);
  },
);

test.each([
  ['sales.csv.gpg', true],
  ['sales.csv.age', false],
])('a signed file that is called %s: it may be, %s', async (fileName, mayBe) => {
  const signed = Uint8Array.from([0xc4, 0x0d, 0x03, 0x00, 0x0a, 0x16, 1, 2]);
  expect(codesOf(await look(signed, { fileName }))).toEqual([mayBe ? 'not-looked-into' : 'not-encrypted']);
});

test('of its faults as many are told as are wanted, and all are counted', async () => {
  const content = `${header}\n${'x,a,y,\n'.repeat(200)}`;
  expect((await look(content)).faults).toHaveLength(100);
  const report = await look(content, { mostFaults: 3 });
  expect(report.faults).toHaveLength(3);
  expect(report.faultCount).toBe(400);
});

test('a name without a date refuses the file where its dataset orders files by it', async () => {
  const rules: ReadingRules = { ...rulesWith(), order: { by: 'name-date' } };
  expect(codesOf(await look(sales, { rules }))).toEqual(['no-date-in-name']);
  expect(codesOf(await look(sales, { rules, fileName: 'sales-20261122.csv' }))).toEqual([]);
});

test.each(['plain', 'compressed'])(
  'a preview in another encoding shows as many rows as the first one: %s',
  async (form) => {
    const content = `${sales}3,難波店,300,`;
    const bytes = encode(content, 'cp932');
    const file = new Blob([form === 'plain' ? bytes : Uint8Array.from(gzipSync(bytes))]);
    const preview = await previewFile(file, rulesWith(), 'cp932');
    expect(preview).toEqual((await look(file)).preview);
    expect(preview?.rows).toHaveLength(3);
    const garbled = await previewFile(file, rulesWith(), 'utf-8');
    expect(garbled?.rows).toHaveLength(3);
    expect(garbled?.rows[0]?.cells[1]).not.toBe('銀座店');
  },
);

import { preflightFile } from '@hikyaku/preflight';
import {
  type ColumnDefinition,
  HikyakuError,
  type ReadingRules,
  type TableDefinition,
  tableDefinition,
} from '@hikyaku/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../test/parity/random.ts';
import { plainCell, randomCell } from '../test/parity/random-cell.ts';
import { takeIn } from '../test/take-in.ts';
import { testOrganization, type TestOrganization } from '../test/test-organization.ts';

/** Other cells with each run; `HIKYAKU_PARITY_SEED` gives those of a title again. */
const seed = Number(process.env['HIKYAKU_PARITY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const rowsPerColumn = 600;

type ColumnInput = Partial<ColumnDefinition> & Pick<ColumnDefinition, 'type'>;

const columns: ColumnInput[] = [
  { type: 'text' },
  { type: 'text', maxLength: 5, required: true },
  { type: 'text', minLength: 2, oneOf: ['ab', 'abc', 'a', 'x'.repeat(5), 'é', '漢', ...Array.from('klmnopqr')] },
  { type: 'integer' },
  { type: 'integer', min: -10, max: 1_000, required: true },
  { type: 'number' },
  { type: 'number', min: -0.5, max: 1e21 },
  { type: 'number', min: 1e-7, max: 0.1 },
  { type: 'boolean', required: true },
  { type: 'date' },
  { type: 'date', min: '1999-02-28', max: '2026-01-05' },
  { type: 'timestamp' },
  { type: 'timestamp', min: '2024-01-01 00:00', max: '2026-01-05T09:00:00+09:00' },
];

let organization: TestOrganization;
let tables = 0;

beforeAll(async () => {
  organization = await testOrganization();
});

afterAll(async () => {
  await organization.drop();
});

describe(`with the seed ${seed}, pre-flight says of each cell what the worker does`, () => {
  test.each(columns.map((column, index) => ({ column, index })))('$column', async ({ column, index }) => {
    const random = new Random(seed + index);
    const definition = define(
      [
        { name: 'id', type: 'integer' },
        { name: 'cell', ...column },
      ],
      ['id'],
    );
    const rows = Array.from({ length: rowsPerColumn }, (_, row) => [String(row), randomCell(column.type, random)]);
    await expectSame(definition, csv(['id', 'cell'], rows));
  });

  test.each(['text', 'integer', 'number', 'boolean', 'date', 'timestamp'] as const)(
    'in a key, and which keys come again: %s',
    async (type) => {
      const random = new Random(seed + 100 + type.length);
      const definition = define(
        [
          { name: 'a', type },
          { name: 'b', type: 'boolean' },
        ],
        ['a', 'b'],
      );
      const rows = Array.from({ length: rowsPerColumn }, () => [
        randomCell(type, random),
        random.oneOf(['1', 'true', '0']),
      ]);
      await expectSame(definition, csv(['a', 'b'], rows));
    },
  );

  test('in wide rows, some of which are no rows at all', async () => {
    const random = new Random(seed + 200);
    const wide = columns.map((column, index) => ({ name: `c${index}`, ...column }));
    const definition = define([{ name: 'id', type: 'integer' }, ...wide], ['id']);
    const rows = Array.from({ length: rowsPerColumn }, (_, row) => [
      String(row),
      ...columns.map(({ type }) => mostlyPlain(type, random)),
    ]);
    const lines = csv(['id', ...wide.map(({ name }) => name)], rows).split('\n');
    const broken = lines.map((line, at) => (at > 0 && random.isLucky(0.05) ? breakLine(line, random) : line));
    await expectSame(definition, broken.join('\n'));
  });

  test('in JSON Lines', async () => {
    const random = new Random(seed + 300);
    const named = columns.map((column, index) => ({ name: `c${index}`, ...column }));
    const definition = {
      ...define([{ name: 'id', type: 'integer' }, ...named], ['id']),
      format: 'json-lines' as const,
    };
    const lines = Array.from({ length: rowsPerColumn / 2 }, (_, row) =>
      JSON.stringify({
        id: row,
        ...Object.fromEntries(named.map(({ name, type }) => [name, mostlyPlain(type, random)])),
      }),
    );
    await expectSame(
      definition,
      lines.map((line) => (random.isLucky(0.05) ? breakLine(line, random) : line)).join('\n'),
    );
  });

  test('in a zone whose clocks change, never more than the worker', async () => {
    const random = new Random(seed + 400);
    const timeZone = 'America/New_York';
    const cell = columns.at(-1) ?? { type: 'timestamp' };
    const definition = define(
      [
        { name: 'id', type: 'integer' },
        { name: 'cell', ...cell },
      ],
      ['id'],
    );
    const rows = Array.from({ length: rowsPerColumn }, (_, row) => [String(row), randomCell('timestamp', random)]);
    const { worker, report } = await both(definition, csv(['id', 'cell'], rows), timeZone);
    const refused = new Set(worker.map(({ line }) => line));
    expect(report.faults.filter(({ lineNumber }) => !refused.has(lineNumber))).toEqual([]);
    expect(refused.size - report.rows.refused).toBeLessThanOrEqual(report.rows.undecided);
  });
});

const header = 'id,name,amount';
const wholeFiles: Record<string, { content: string | Uint8Array<ArrayBuffer>; input?: Partial<TableDefinition> }> = {
  'a sound one': { content: `${header}\n1,a,2\n` },
  'a header alone': { content: header },
  nothing: { content: '' },
  'blank lines': { content: '\n\r\n\n' },
  'a header behind blank lines': { content: `\n\n${header}\n1,a,2\n` },
  'a column that is missing': { content: 'id,amount\n1,2\n' },
  'a column twice': { content: 'id,name,name\n1,a,b\n' },
  'an optional column that is missing': { content: 'name,id\na,1\n' },
  'a header in full width': { content: 'ｉｄ, name ,amount\n1,a,2\n' },
  'a header over two lines': { content: 'id,name,"amount\nof it"\n1,a,2\n' },
  'a quote that the header leaves open': { content: `"id,name\n${'1,a\n'.repeat(10)}` },
  'a stray quote in the header': { content: 'id,na"me,amount\n1,a,2\n' },
  NULs: { content: '\0'.repeat(100) },
  'a NUL in the header': { content: `${header}\0\n1,a,2\n` },
  'a picture': { content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) },
  'a web page': { content: '<!doctype html><p>1,2' },
  semicolons: { content: `${header.replaceAll(',', ';')}\n1;a;2\n` },
  'tabs for a TSV': { content: `${header.replaceAll(',', '\t')}\n1\ta,b\t2\n`, input: { format: 'tsv' } },
  'UTF-16 by its mark': { content: utf16(`\uFEFF${header}\n1,東京,2\n`) },
  'UTF-16 without a mark': { content: utf16(`${header}\n1,東京,2\n`) },
  CP932: { content: latin1(`${header}\n1,\x93\x8c\x8b\x9e,2\n`), input: { encoding: 'auto' } },
  'CP932 that is to be UTF-8': { content: latin1(`id,name,amount,\x93\x8c\x8b\x9e\n1,a,2,\n`) },
  'JSON Lines': { content: '{"id":1,"name":"a"}\n', input: { format: 'json-lines' } },
  'a JSON array': { content: '[{"id":1,"name":"a"}]', input: { format: 'json-lines' } },
  'CSV for JSON Lines': { content: `${header}\n`, input: { format: 'json-lines' } },
  'CSV for a workbook': { content: `${header}\n1,a,2\n`, input: { format: 'xlsx' } },
  'a PDF for a workbook': { content: '%PDF-1.7 and more', input: { format: 'xlsx' } },
  'nothing for a workbook': { content: '', input: { format: 'xlsx' } },
  'a header without an end': { content: `${header}${'a'.repeat(5_000_000)}` },
};

test.each(Object.entries(wholeFiles))('a whole file is refused where the worker refuses it: %s', async (_, file) => {
  const columns = [
    { name: 'id', type: 'integer' as const },
    { name: 'name', type: 'text' as const, required: true },
    { name: 'amount', type: 'number' as const },
  ];
  const definition = { ...define(columns, ['id']), ...file.input };
  const target = { ...organization.target, table: `parity_${++tables}` };
  const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  const worker = await takeIn({ ...organization, target }, definition, content).then(
    () => undefined,
    (error: unknown) => (error instanceof HikyakuError ? error.code : String(error)),
  );
  for (const scope of ['head', 'whole'] as const) {
    const { findings } = await preflightFile(new Blob([content]), {
      fileName: 'parity.csv',
      rules: rulesOf(definition, 'Asia/Tokyo'),
      scope,
    });
    const codes = findings.map((finding) => (finding.code === 'file-refused' ? finding.cause.code : finding.code));
    const told = codes.includes('missing-column') ? ['missing-columns'] : codes;
    expect(told.filter((code) => code === worker)).toHaveLength(worker === undefined ? 0 : 1);
    expect(findings.some(({ level }) => level === 'refused')).toBe(worker !== undefined);
  }
});

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, 'utf16le'));
}

function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function rulesOf(definition: TableDefinition, timeZone: string): ReadingRules {
  const { encryption: _e, signature: _s, ...rest } = definition;
  return { ...rest, timeZone };
}

function define(inputs: (ColumnInput & { name: string })[], primaryKey: string[]): TableDefinition {
  return tableDefinition.parse({ columns: inputs, primaryKey, encoding: 'utf-8', rejectLimit: 1_000_000 });
}

async function expectSame(definition: TableDefinition, file: string): Promise<void> {
  const { worker, counts, report } = await both(definition, file, 'Asia/Tokyo');
  const told = report.faults.map(({ lineNumber: line, column, code, details }) => ({ line, column, code, details }));
  expect(sorted(told)).toEqual(sorted(worker));
  const { read, refused, repeated, undecided } = report.rows;
  expect({ read, refused, repeated, undecided }).toEqual({
    read: counts.read,
    refused: counts.rejected,
    repeated: counts.repeated,
    undecided: 0,
  });
  // Or everything would be the same because everything is refused.
  expect(counts.inserted).toBeGreaterThan(0);
}

async function both(definition: TableDefinition, file: string, timeZone: string) {
  const target = { ...organization.target, table: `parity_${++tables}` };
  await organization.superuser.query('DELETE FROM reject');
  const counts = await takeIn({ ...organization, target }, definition, file, { timeZone });
  const { rows: worker } = await organization.superuser.query<Told>(
    'SELECT line_number::int AS line, column_name AS column, code, details FROM reject',
  );
  const rules = rulesOf(definition, timeZone);
  const report = await preflightFile(new Blob([file]), {
    fileName: 'parity.csv',
    rules,
    scope: 'whole',
    mostFaults: Infinity,
  });
  return { worker, counts, report };
}

interface Told {
  line: number;
  column: string | null;
  code: string;
  details: Record<string, string | number>;
}

function sorted(told: readonly Told[]): string[] {
  return told
    .map(({ line, column, code, details }) => {
      const pairs = Object.entries(details).toSorted(([a], [b]) => a.localeCompare(b));
      return `${String(line).padStart(6)} ${column ?? '-'} ${code} ${JSON.stringify(pairs)}`;
    })
    .toSorted();
}

/** Of a row of many cells some have to be sound, or nothing was ever asked of its values. */
function mostlyPlain(type: ColumnDefinition['type'], random: Random): string {
  return random.isLucky(0.1) ? randomCell(type, random) : plainCell(type);
}

function csv(header: string[], rows: string[][]): string {
  return [header, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function breakLine(line: string, random: Random): string {
  const at = random.below(line.length);
  return line.slice(0, at) + random.oneOf([',', '"', '\0', ',"', '{']) + line.slice(at);
}

import { type ColumnDefinition, HikyakuError, type TableDefinition } from '@hikyaku/types';
import { isUtf8 } from './is-utf8.ts';
import { splitRecord } from './split-record.ts';

/** Columns PostgreSQL allows a table, and more than a spreadsheet is sane with. */
export const columnLimit = 1_600;
const longestTextCharacters = 500;

export interface HeaderColumn {
  definition: ColumnDefinition;
  /** Which field of every record holds it, from 0. */
  field: number;
  /** The header cell as the file writes it. */
  cell: string;
}

export interface TableHeader {
  /** Fields of the header, hence of every record. */
  fieldCount: number;
  /** The columns found, in the order of the file. */
  columns: HeaderColumn[];
  /** Header cells that no column asks for. */
  ignoredColumns: string[];
}

/**
 * Finds a dataset's columns in the first record of a file, in any order: a header cell means the column whose `header`
 * (or name) equals it after trimming and NFKC. Optional columns may be absent.
 *
 * Throws `HikyakuError`: `not-csv`, `not-utf8`, `too-many-columns` (found, limit), `missing-columns` (columns, found),
 * `repeated-columns` (columns).
 */
export function readHeader(record: Uint8Array, definition: TableDefinition): TableHeader {
  refuseOtherFormats(record);
  if (!isUtf8(record)) throw new HikyakuError('not-utf8');
  const found = countFields(record);
  if (found > columnLimit) throw new HikyakuError('too-many-columns', { details: { found, limit: columnLimit } });

  const cells = splitRecord(new TextDecoder().decode(record));
  const byHeader = new Map(definition.columns.map((column) => [normalize(column.header ?? column.name), column]));
  const columns: HeaderColumn[] = [];
  const ignoredColumns: string[] = [];
  for (const [field, cell] of cells.entries()) {
    const column = byHeader.get(normalize(cell));
    if (column) columns.push({ definition: column, field, cell: shorten(cell.trim(), 200) });
    else ignoredColumns.push(shorten(cell, 200));
  }

  if (columns.length === 0 && hasControlCharacter(record)) throw new HikyakuError('not-csv');
  refuseMissing(columns, cells, definition);
  refuseRepeated(columns);
  return { fieldCount: cells.length, columns, ignoredColumns };
}

function refuseMissing(columns: HeaderColumn[], cells: string[], definition: TableDefinition): void {
  const present = new Set(columns.map((column) => column.definition.name));
  const missing = definition.columns.filter(
    (column) => (column.required || definition.primaryKey.includes(column.name)) && !present.has(column.name),
  );
  if (missing.length === 0) return;
  const names = missing.map((column) => column.header ?? column.name).join(', ');
  const details = { columns: shorten(names), found: shorten(cells.join(', ')) };
  throw new HikyakuError('missing-columns', { details });
}

function refuseRepeated(columns: HeaderColumn[]): void {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { definition, cell } of columns) {
    if (seen.has(definition.name)) repeated.add(cell);
    seen.add(definition.name);
  }
  if (repeated.size === 0) return;
  throw new HikyakuError('repeated-columns', { details: { columns: shorten([...repeated].join(', ')) } });
}

/** ZIP (also .xlsx), gzip, PDF, PNG, JPEG, GIF, the old Office format, age and PGP's binary header, by their first bytes. */
const magicNumbers = ['504b0304', '1f8b', '25504446', '89504e47', 'ffd8ff', '47494638', 'd0cf11e0', '6167652d656e63'];
const utf16Marks = ['fffe', 'feff'];

/**
 * Throws `HikyakuError('not-csv')` or `('not-utf8')` where the first bytes of a file are those of another format, or hold
 * a NUL, which no header has.
 */
export function refuseOtherFormats(firstBytes: Uint8Array): void {
  const head = [...firstBytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (utf16Marks.some((mark) => head.startsWith(mark))) throw new HikyakuError('not-utf8');
  if (magicNumbers.some((magic) => head.startsWith(magic)) || firstBytes.includes(0)) throw new HikyakuError('not-csv');
}

function hasControlCharacter(record: Uint8Array): boolean {
  return record.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

/** Counts without building a cell: a header may have a million of them. */
function countFields(record: Uint8Array): number {
  let fields = 1;
  let quoted = false;
  for (const byte of record) {
    if (byte === 0x22) quoted = !quoted;
    else if (byte === 0x2c && !quoted) fields++;
  }
  return fields;
}

function normalize(cell: string): string {
  return cell.normalize('NFKC').trim();
}

function shorten(text: string, characters = longestTextCharacters): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`;
}

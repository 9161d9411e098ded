import { type ColumnDefinition, HikyakuError, type TableDefinition } from '@hikyaku/types';
import type { CsvRecord } from './csv-record.ts';
import { isUtf8 } from './is-utf8.ts';
import { splitRecord } from './split-record.ts';

/** Columns PostgreSQL allows a table, and more than a spreadsheet is sane with. */
export const columnLimit = 1_600;
const longestTextCharacters = 500;
const longestCellCharacters = 200;

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

/** What a dataset says of its files' headers. */
export type HeaderDefinition = Pick<TableDefinition, 'columns' | 'primaryKey'>;

/**
 * Finds a dataset's columns in the first record of a file, in any order: a header cell means the column whose `header`
 * (or name) equals it after trimming and NFKC. Optional columns may be absent.
 *
 * Throws `HikyakuError`: `not-csv`, `not-utf8`, `too-many-columns` (found, limit), `missing-columns` (columns, found),
 * `repeated-columns` (columns).
 */
export function readHeader(
  { bytes, start, end, fieldCount: found }: Pick<CsvRecord, 'bytes' | 'start' | 'end' | 'fieldCount'>,
  definition: HeaderDefinition,
): TableHeader {
  const record = bytes.subarray(start, end);
  if (record.includes(0)) throw new HikyakuError('not-csv');
  if (!isUtf8(record)) throw new HikyakuError('not-utf8');
  if (found > columnLimit) throw new HikyakuError('too-many-columns', { details: { found, limit: columnLimit } });

  const cells = splitRecord(new TextDecoder().decode(record));
  const header = matchHeader(cells, definition);
  if (header.columns.length === 0 && hasControlCharacter(record)) throw new HikyakuError('not-csv');
  refuseMissing(header, cells, definition);
  refuseRepeated(header.columns);
  return header;
}

/** Which column each header cell means; nothing is refused. */
export function matchHeader(cells: readonly string[], definition: HeaderDefinition): TableHeader {
  const byHeader = new Map(definition.columns.map((column) => [normalizeHeader(headerOf(column)), column]));
  const columns: HeaderColumn[] = [];
  const ignoredColumns: string[] = [];
  for (const [field, cell] of cells.entries()) {
    const column = byHeader.get(normalizeHeader(cell));
    if (column) columns.push({ definition: column, field, cell: shortenHeader(cell.trim()) });
    else ignoredColumns.push(shortenHeader(cell));
  }
  return { fieldCount: cells.length, columns, ignoredColumns };
}

/** Columns that a file can't do without, and this one does. */
export function missingColumns(header: TableHeader, definition: HeaderDefinition): ColumnDefinition[] {
  const present = new Set(header.columns.map((column) => column.definition.name));
  return definition.columns.filter(
    (column) => (column.required || definition.primaryKey.includes(column.name)) && !present.has(column.name),
  );
}

function refuseMissing(header: TableHeader, cells: string[], definition: HeaderDefinition): void {
  const missing = missingColumns(header, definition);
  if (missing.length === 0) return;
  const names = missing.map(headerOf).join(', ');
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

function hasControlCharacter(record: Uint8Array): boolean {
  return record.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

/** What the file calls a column. */
export function headerOf(column: ColumnDefinition): string {
  return column.header ?? column.name;
}

/** Two header cells mean the same column if this of them is the same. */
export function normalizeHeader(cell: string): string {
  return cell.normalize('NFKC').trim();
}

/** A header cell as it is told to people. */
export function shortenHeader(cell: string): string {
  return shorten(cell, longestCellCharacters);
}

function shorten(text: string, characters = longestTextCharacters): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`;
}

import {
  encodingOfMark,
  headerOf,
  JsonLinesScanner,
  type RecordScanner,
  type TextEncoding,
  Transcoder,
} from '@hikyaku/datasets/reading';
import { HikyakuError, type ReadingRules } from '@hikyaku/types';
import { cellText } from './reading/cell-text.ts';
import { openScanner } from './reading/open-scanner.ts';

const mostRows = 20;
const mostColumns = 50;
const longestCellCharacters = 200;
const decoder = new TextDecoder();

export interface PreviewRow {
  /** From 1, as in the worker's rejects. */
  lineNumber: number;
  /** As many as the row has; one that holds the whole line where it could not be split. */
  cells: string[];
}

/** The first rows of a file as they are read in one encoding. */
export interface Preview {
  encoding: TextEncoding;
  /** The header as the file has it, or for JSON Lines the dataset's own. Up to 50 columns, cells up to 200 characters. */
  header: string[];
  /** Up to 20. */
  rows: PreviewRow[];
}

/** Reads the first rows of a file's beginning, in whatever encoding; the line it breaks off in is left out. */
export function readPreview(head: Uint8Array, isWhole: boolean, rules: ReadingRules, encoding: TextEncoding): Preview {
  const scanner = openScanner(rules);
  const transcoder = new Transcoder(encoding);
  const markBytes = encodingOfMark(head)?.markBytes ?? 0;
  scanner.push(transcoder.push(head.subarray(markBytes)).slice());
  const rows = readRows(scanner);
  if (isWhole && rows.length <= mostRows) {
    scanner.push(transcoder.finish().slice());
    rows.push(...readRows(scanner));
    scanner.finish();
    rows.push(...readRows(scanner));
  }
  if (scanner instanceof JsonLinesScanner) {
    return { encoding, header: rules.columns.slice(0, mostColumns).map(headerOf), rows: rows.slice(0, mostRows) };
  }
  return { encoding, header: rows[0]?.cells ?? [], rows: rows.slice(1, mostRows + 1) };
}

/** As many as are wanted, header and all, and no more than there are by now. */
function readRows(scanner: RecordScanner): PreviewRow[] {
  const rows: PreviewRow[] = [];
  try {
    while (rows.length <= mostRows && scanner.next()) {
      rows.push({ lineNumber: scanner.lineNumber, cells: readCells(scanner) });
    }
  } catch (error) {
    // Not even meant to be of this format: the report says so.
    if (!(error instanceof HikyakuError)) throw error;
  }
  return rows;
}

function readCells(scanner: RecordScanner): string[] {
  if (scanner.fault !== undefined) {
    const { bytes, start, end } = scanner;
    return [shorten(decoder.decode(bytes.subarray(start, Math.min(end, start + longestCellCharacters * 4))))];
  }
  const columns = Math.min(scanner.fieldCount, mostColumns);
  return Array.from({ length: columns }, (_, field) => shorten(cellText(scanner, field)));
}

function shorten(text: string): string {
  return text.length <= longestCellCharacters ? text : `${text.slice(0, longestCellCharacters - 1).toWellFormed()}…`;
}

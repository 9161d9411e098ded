import { z } from 'zod';
import { columnDefinition, fileEncoding, fileFormat, loadMode, sourceOrder } from './dataset-definition.ts';
import type { ErrorDetails, FileErrorCode, RejectCode } from './error-codes.ts';

/** Of a dataset, what decides how a file of it is read and which of its rows are refused. */
export const readingRules = z.object({
  format: fileFormat,
  encoding: fileEncoding,
  delimiter: z.string(),
  columns: z.array(columnDefinition),
  primaryKey: z.array(z.string()),
  mode: loadMode,
  order: sourceOrder,
  rejectLimit: z.int(),
  rejectLimitPercent: z.number(),
  maxContentBytes: z.int(),
  /** Zone of timestamps without an offset. */
  timeZone: z.string(),
});
export type ReadingRules = z.infer<typeof readingRules>;

/** What a file's characters are written in. */
type TextEncoding = Exclude<z.infer<typeof fileEncoding>, 'auto'>;

/** Why a file is not looked into before it is sent. */
export type ClosedForm = 'encrypted' | 'signed' | 'xlsx' | 'zip' | 'gzip-unreadable';

/** Why the worker will refuse a whole file, as far as the file itself tells. */
export type PreflightRefusal = Extract<
  FileErrorCode,
  | 'empty-file'
  | 'not-csv'
  | 'other-format'
  | 'not-utf8'
  | 'missing-columns'
  | 'repeated-columns'
  | 'too-many-columns'
  | 'line-too-long'
  | 'unclosed-quote'
  | 'not-encrypted'
  | 'content-too-large'
  | 'nested-compression'
  | 'damaged-workbook'
  | 'no-date-in-name'
>;

/**
 * What looking at a file before it is sent found out about it.
 *
 * `level`: `refused` is what the worker will refuse, the file or rows of it; `advice` is taken in, and hardly meant so;
 * `note` is good to know and stops nobody.
 */
export type PreflightFinding =
  /** The whole file will be refused, for this cause. */
  | { code: 'file-refused'; level: 'refused'; cause: { code: PreflightRefusal; details: ErrorDetails } }
  /** A column that every file has to have. `suggestion`: the header cell that may be meant for it. */
  | { code: 'missing-column'; level: 'refused'; column: string; suggestion: string | null }
  /** So many rows are refused that the whole file is. */
  | { code: 'too-many-rejects'; level: 'refused'; refused: number; limit: number }
  /** `isWhole`: of all rows; else of the first ones, which is all that was looked at. */
  | { code: 'rows-refused'; level: 'refused'; refused: number; read: number; isWhole: boolean }
  /** Its characters are read as one encoding, and look like another. */
  | { code: 'encoding-mismatch'; level: 'advice'; readAs: TextEncoding; looksLike: TextEncoding }
  | { code: 'delimiter-mismatch'; level: 'advice'; expected: string; found: string }
  /** Nobody's column. `suggestion`: the header of the column that may be meant, which the file doesn't have. */
  | { code: 'unknown-column'; level: 'advice'; cell: string; suggestion: string }
  | { code: 'ignored-columns'; level: 'note'; cells: readonly string[] }
  /** Rows with the same key as another: one of each remains. */
  | { code: 'repeated-keys'; level: 'advice'; rows: number; isComplete: boolean }
  | { code: 'not-looked-into'; level: 'note'; form: ClosedForm };

/** How people write what a column can't take; the same, written as it can, is the hint's `instead`. */
export type CellHint =
  | 'full-width'
  | 'thousands-separators'
  | 'unit'
  | 'spaces'
  | 'japanese-era'
  | 'kanji-date'
  | 'compact-date'
  | 'time-in-date'
  | 'whole-number-with-point'
  | 'yes-or-no-word';

/** One cell, or one line, that the worker will refuse: what its reject will say. */
export interface PreflightFault {
  /** From 1, as in the worker's reject. */
  lineNumber: number;
  /** The header cell; null where the whole line is at fault. */
  column: string | null;
  code: RejectCode;
  /** As it stands in the file, up to 200 characters. */
  value: string;
  details: ErrorDetails;
  hint: { code: CellHint; instead: string } | null;
}

import type { RejectCode } from '@hikyaku/types';

/**
 * One record as a scanner shows it: a line of CSV with commas, quoted where needed, whatever the file is. A record with a
 * `fault` is shown as it stands in the file.
 */
export interface CsvRecord {
  /** The record without its line ending is `bytes` from `start` to `end`, until the next call of the scanner. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The record's first line in the file, from 1. Lines within quotes and blank lines are counted. */
  readonly lineNumber: number;
  readonly fieldCount: number;
  /** Where each field ends (its delimiter or the record's end), counted from `start`. */
  readonly fieldEnds: Int32Array;
  /** Why the record has to be refused, if it has to. */
  readonly fault: RejectCode | undefined;
  /** The field the fault lies in, from 0, or -1 where it is the whole line. Means nothing for `invalid-encoding` and `wrong-column-count`. */
  readonly faultField: number;
  /** The byte between the fields of a record with a fault. */
  readonly delimiter: number;
  /** Set once the header is known: from then on a record of another width is a `wrong-column-count`. */
  readonly expectedFieldCount: number | undefined;
}

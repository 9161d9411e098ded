import type { RejectCode } from '@hikyaku/types';

/** One record as `CsvRecordScanner` shows it. */
export interface CsvRecord {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly lineNumber: number;
  readonly fieldCount: number;
  readonly fieldEnds: Int32Array;
  readonly fault: RejectCode | undefined;
  readonly faultField: number;
  readonly expectedFieldCount: number | undefined;
}

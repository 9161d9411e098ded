import type { CsvRecord } from './csv-record.ts';

/** Where a field of a record begins in its bytes. */
export function fieldStart(record: CsvRecord, field: number): number {
  return field === 0 ? record.start : record.start + record.fieldEnds[field - 1]! + 1;
}

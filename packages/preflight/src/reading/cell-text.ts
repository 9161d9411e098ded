import { type CsvRecord, fieldStart } from '@hikyaku/datasets';

const quote = 0x22;
// A mark in the middle of a file is a character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A cell of a sound record as it is meant: without its quotes. */
export function cellText(record: CsvRecord, field: number): string {
  const start = fieldStart(record, field);
  const end = record.start + record.fieldEnds[field]!;
  if (record.bytes[start] !== quote) return decoder.decode(record.bytes.subarray(start, end));
  return decoder.decode(record.bytes.subarray(start + 1, end - 1)).replaceAll('""', '"');
}

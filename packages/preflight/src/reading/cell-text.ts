import { type CsvRecord, fieldStart } from '@hikyaku/datasets/reading';

const quote = 0x22;
// A mark in the middle of a file is a character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Up to so many bytes a call into native code costs more than the cell. */
const shortBytes = 24;

/** A cell of a sound record as it is meant: without its quotes. */
export function cellText(record: CsvRecord, field: number): string {
  const start = fieldStart(record, field);
  const end = record.start + record.fieldEnds[field]!;
  if (record.bytes[start] !== quote)
    return shortAscii(record.bytes, start, end) ?? decoder.decode(record.bytes.subarray(start, end));
  return decoder.decode(record.bytes.subarray(start + 1, end - 1)).replaceAll('""', '"');
}

function shortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > shortBytes) return undefined;
  let text = '';
  for (let position = start; position < end; position++) {
    const byte = bytes[position]!;
    if (byte > 0x7f) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

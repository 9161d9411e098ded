import type { ErrorDetails, RejectCode } from '@hikyaku/types';
import type { CsvRecord } from './csv-record.ts';
import { fieldStart } from './field-start.ts';
import { isUtf8 } from './is-utf8.ts';

const longestValueCharacters = 200;
/** Where these are found the record was given up in the middle of a field. */
const givenUp = new Set<RejectCode>(['stray-quote', 'unclosed-quote', 'line-too-long']);

export interface RecordFault {
  code: RejectCode;
  /** Which field is at fault, from 0; undefined where the whole line is. */
  field: number | undefined;
  /** The cell, or the line, as it is written in the file, shortened to 200 characters. */
  value: string;
  details: ErrorDetails;
}

/** What to tell people about a record with a `fault`. Not on the fast path: it builds strings. */
export function describeFault(record: CsvRecord & { fault: RejectCode }): RecordFault {
  const code = record.fault;
  if (code === 'wrong-column-count') {
    const details = { expected: record.expectedFieldCount ?? 0, found: record.fieldCount };
    return { code, field: undefined, value: readableValue(record.bytes, record.start, record.end), details };
  }
  const field = code === 'invalid-encoding' ? firstBadlyEncodedField(record) : record.faultField;
  if (field === undefined || field < 0 || field >= record.fieldEnds.length) {
    return { code, field: undefined, value: readableValue(record.bytes, record.start, record.end), details: {} };
  }
  const start = fieldStart(record, field);
  return { code, field, value: readableValue(record.bytes, start, fieldEnd(record, field, start)), details: {} };
}

function firstBadlyEncodedField(record: CsvRecord): number | undefined {
  const fields = Math.min(record.fieldCount, record.fieldEnds.length);
  for (let field = 0; field < fields; field++) {
    const start = fieldStart(record, field);
    if (!isUtf8(record.bytes.subarray(start, record.start + record.fieldEnds[field]!))) return field;
  }
  return undefined;
}

/** Such a field has no known end: the next delimiter is the best guess. */
function fieldEnd(record: CsvRecord & { fault: RejectCode }, field: number, start: number): number {
  if (!givenUp.has(record.fault)) return record.start + record.fieldEnds[field]!;
  const delimiter = record.bytes.indexOf(record.delimiter, start);
  return delimiter === -1 || delimiter > record.end ? record.end : delimiter;
}

function readableValue(bytes: Uint8Array, start: number, end: number): string {
  // Four bytes are the longest character.
  const part = bytes.subarray(start, Math.min(end, start + (longestValueCharacters + 1) * 4));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(part).replaceAll('\0', '\u2400');
  const characters = Array.from(text.replace(/\r$/, ''));
  if (characters.length <= longestValueCharacters) return characters.join('');
  return `${characters.slice(0, longestValueCharacters - 1).join('')}…`;
}

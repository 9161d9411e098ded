import { booleanWords, cellPatterns, keyColumnBytes, longestNumberBytes } from '@hikyaku/datasets/reading';
import type { ColumnDefinition, ReadingRules } from '@hikyaku/types';
import { type CellFault, fault } from './cell-fault.ts';
import { readDay, readMoment } from './moment.ts';

const patterns = {
  integer: new RegExp(cellPatterns.integer),
  number: new RegExp(cellPatterns.number),
  hugeExponent: new RegExp(cellPatterns.hugeExponent),
  date: new RegExp(cellPatterns.date),
  timestamp: new RegExp(cellPatterns.timestamp),
};
const words = new RegExp(`^(?:${booleanWords.join('|')})$`, 'i');
const smallestInteger = -(2n ** 63n);
const largestInteger = 2n ** 63n - 1n;

/** Why the worker will refuse a cell for what its column can't hold; `text` is the cell without its quotes. */
export type TypeCheck = (text: string) => CellFault | undefined;

/**
 * The twin of the worker's check of a cell (`column-check.ts` of `@hikyaku/ingest`), which is SQL. They share their patterns,
 * and a test holds them against each other.
 */
export function typeCheck(column: ColumnDefinition, { primaryKey, timeZone }: ReadingRules): TypeCheck {
  const inKey = primaryKey.includes(column.name);
  const keyBytes = inKey ? keyColumnBytes(primaryKey) : undefined;
  const ofEmpty = column.required || inKey ? fault('required') : undefined;
  const ofValue = valueCheck(column, keyBytes, timeZone);
  return (text) => (text === '' ? ofEmpty : ofValue(text));
}

function valueCheck(column: ColumnDefinition, keyBytes: number | undefined, timeZone: string): TypeCheck {
  switch (column.type) {
    case 'text':
      return (text) => checkLength(text, column.maxLength, keyBytes);
    case 'integer':
      return checkInteger;
    case 'number':
      return checkNumber;
    case 'boolean':
      return (text) => (words.test(text) ? undefined : fault('not-boolean'));
    case 'date':
      return (text) => (patterns.date.test(text) && readDay(text) ? undefined : fault('not-date'));
    case 'timestamp':
      return (text) =>
        patterns.timestamp.test(text) && readMoment(text, timeZone) ? undefined : fault('not-timestamp');
    default:
      return column.type satisfies never;
  }
}

function checkLength(text: string, maxLength: number | undefined, keyBytes: number | undefined): CellFault | undefined {
  const isLong = maxLength !== undefined && text.length > maxLength && countCharacters(text) > maxLength;
  const isLongKey = keyBytes !== undefined && text.length * 3 > keyBytes && countBytes(text) > keyBytes;
  if (!isLong && !isLongKey) return undefined;
  return fault('too-long', { maxLength: maxLength ?? keyBytes ?? 0, found: countCharacters(text) });
}

function checkInteger(text: string): CellFault | undefined {
  if (!patterns.integer.test(text)) return fault('not-integer');
  if (text.length <= 18) return undefined;
  if (text.length > longestNumberBytes) return fault('out-of-range');
  // BigInt knows no plus.
  const value = BigInt(text.replace('+', ''));
  return value < smallestInteger || value > largestInteger ? fault('out-of-range') : undefined;
}

function checkNumber(text: string): CellFault | undefined {
  if (!patterns.number.test(text)) return fault('not-number');
  return text.length > longestNumberBytes || patterns.hugeExponent.test(text) ? fault('out-of-range') : undefined;
}

/** As PostgreSQL counts: characters of Unicode, not the halves JavaScript makes of some. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const encoder = new TextEncoder();

function countBytes(text: string): number {
  return encoder.encode(text).length;
}

import type { ColumnDefinition } from '@hikyaku/types';

const quote = 0x22;
const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const slash = 0x2f;
const zero = 0x30;
const colon = 0x3a;
const capitalT = 0x54;
const capitalZ = 0x5a;
const space = 0x20;

/** Bytes of an index entry, which holds the whole key. PostgreSQL's limit is 2,704. */
const longestKeyBytes = 2_600;

/** What a cell of one column has to be to need no further check. */
export type PlainCellCheck = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Bytes that each text column of a primary key may have, so that its index can hold the key. */
export function keyColumnBytes(primaryKey: readonly string[]): number {
  return Math.floor(longestKeyBytes / primaryKey.length);
}

/**
 * Whether a cell, as its bytes stand in the file, is beyond doubt a value of the column, in one of the usual ways to write
 * one. False only means that somebody has to look closer: this knows no leap days and no rare notation.
 */
export function plainCellCheck(column: ColumnDefinition, primaryKey: readonly string[]): PlainCellCheck {
  const inKey = primaryKey.includes(column.name);
  const mayBeEmpty = !column.required && !inKey;
  const isPlainValue = valueCheck(column, inKey ? keyColumnBytes(primaryKey) : Infinity);
  return (bytes, start, end) => {
    const quoted = bytes[start] === quote && end - start >= 2;
    const from = quoted ? start + 1 : start;
    const to = quoted ? end - 1 : end;
    return from === to ? mayBeEmpty : isPlainValue(bytes, from, to);
  };
}

function valueCheck(column: ColumnDefinition, keyBytes: number): PlainCellCheck {
  switch (column.type) {
    case 'text': {
      // No text has more characters than bytes.
      const longest = Math.min(column.maxLength ?? Infinity, keyBytes);
      return (_, start, end) => end - start <= longest;
    }
    case 'integer':
      return isPlainInteger;
    case 'number':
      return isPlainNumber;
    case 'boolean':
      return isPlainBoolean;
    case 'date':
      return (bytes, start, end) => end - start === 10 && isPlainDay(bytes, start);
    case 'timestamp':
      return isPlainTimestamp;
    default:
      return column.type satisfies never;
  }
}

/** Up to 18 digits: never beyond a bigint. */
function isPlainInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const from = bytes[start] === minus ? start + 1 : start;
  return end > from && end - from <= 18 && areDigits(bytes, from, end);
}

function isPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const from = bytes[start] === minus ? start + 1 : start;
  if (end - from > 40) return false;
  let position = from;
  while (position < end && isDigit(bytes[position]!)) position++;
  if (position === from) return false;
  if (position === end) return true;
  return bytes[position] === point && position + 1 < end && areDigits(bytes, position + 1, end);
}

function isPlainBoolean(bytes: Uint8Array, start: number, end: number): boolean {
  switch (end - start) {
    case 1:
      return bytes[start] === zero || bytes[start] === zero + 1;
    case 4:
      return spells(bytes, start, 'true');
    case 5:
      return spells(bytes, start, 'false');
    default:
      return false;
  }
}

function spells(bytes: Uint8Array, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** `yyyy-mm-dd` or `yyyy/mm/dd`, up to the 28th of a month, from the year 1. */
function isPlainDay(bytes: Uint8Array, start: number): boolean {
  const mark = bytes[start + 4];
  if ((mark !== minus && mark !== slash) || bytes[start + 7] !== mark) return false;
  if (!areDigits(bytes, start, start + 4)) return false;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
}

/** A plain day, `T` or a space, `hh:mm:ss`, and nothing, `Z` or `+hh:mm` (or `-`) up to 14 hours. */
function isPlainTimestamp(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 19 || !isPlainDay(bytes, start)) return false;
  if (bytes[start + 10] !== capitalT && bytes[start + 10] !== space) return false;
  if (bytes[start + 13] !== colon || bytes[start + 16] !== colon) return false;
  if (!isBelow(twoDigits(bytes, start + 11), 24) || !isBelow(twoDigits(bytes, start + 14), 60)) return false;
  if (!isBelow(twoDigits(bytes, start + 17), 60)) return false;
  switch (end - start) {
    case 19:
      return true;
    case 20:
      return bytes[start + 19] === capitalZ;
    case 25:
      return (
        (bytes[start + 19] === plus || bytes[start + 19] === minus) &&
        isBelow(twoDigits(bytes, start + 20), 15) &&
        bytes[start + 22] === colon &&
        isBelow(twoDigits(bytes, start + 23), 60)
      );
    default:
      return false;
  }
}

function isBelow(value: number, limit: number): boolean {
  return value >= 0 && value < limit;
}

/** The number two digits make, or -1. */
function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = bytes[start]!;
  const ones = bytes[start + 1]!;
  return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + ones - zero : -1;
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (!isDigit(bytes[position]!)) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= zero + 9;
}

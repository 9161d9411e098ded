import type { ColumnDefinition } from '@hikyaku/types';
import { quoteIdentifier, quoteLiteral } from './target-table.ts';

/** Digits and marks of one number; PostgreSQL itself would take 131,072 digits. */
const longestNumberCharacters = 100;
/** Bytes of an index entry, which holds the whole key. PostgreSQL's limit is 2,704. */
const longestKeyBytes = 2_600;

const digits = '[0-9]{1,2}';
const day = `[0-9]{4}(-${digits}-${digits}|/${digits}/${digits})`;
const time = '([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?';
const offset = '( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?';

const patterns = {
  /** These can't be out of range. */
  shortInteger: '^[+-]?[0-9]{1,18}$',
  integer: '^[+-]?[0-9]+$',
  plainNumber: '^[+-]?[0-9]+(\\.[0-9]+)?$',
  number: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$',
  /** Beyond three digits of exponent a short cell would become a very long number. */
  hugeExponent: '[eE][+-]?[0-9]{4,}$',
  date: `^${day}$`,
  timestamp: `^${day}[ T]${time}${offset}$`,
} as const;

export interface ColumnCheck {
  column: ColumnDefinition;
  /** SQL that gives the reject code of a staged cell, or NULL for a sound one. */
  code: string;
  /** SQL that gives what the reject's text may name, as jsonb. */
  details: string;
}

/**
 * What a staged cell of the column must be. PostgreSQL takes `now`, `infinity`, `NaN`, `1_000` and `0x10` for values: a
 * pattern decides first what people mean by a number or a date, PostgreSQL only whether it exists.
 */
export function checkColumn(column: ColumnDefinition, primaryKey: readonly string[]): ColumnCheck {
  const cell = `s.${quoteIdentifier(column.name)}`;
  const inKey = primaryKey.includes(column.name);
  const keyBytes = Math.floor(longestKeyBytes / primaryKey.length);
  const ofNull = column.required || inKey ? `'required'` : 'NULL';
  const checks = [`WHEN ${cell} IS NULL THEN ${ofNull}`, ...typeChecks(column, cell, inKey ? keyBytes : undefined)];
  return { column, code: `CASE ${checks.join(' ')} END`, details: detailsOf(column, cell, inKey, keyBytes) };
}

function typeChecks(column: ColumnDefinition, cell: string, keyBytes: number | undefined): string[] {
  const matches = (pattern: string) => `${cell} ~ ${quoteLiteral(pattern)}`;
  const isValid = (type: string) => `pg_input_is_valid(${cell}, '${type}')`;
  const isLong = `char_length(${cell}) > ${longestNumberCharacters}`;
  switch (column.type) {
    case 'text':
      return [
        ...(column.maxLength === undefined ? [] : [`WHEN char_length(${cell}) > ${column.maxLength} THEN 'too-long'`]),
        ...(keyBytes === undefined ? [] : [`WHEN octet_length(${cell}) > ${keyBytes} THEN 'too-long'`]),
      ];
    case 'integer':
      return [
        `WHEN ${matches(patterns.shortInteger)} THEN NULL`,
        `WHEN NOT ${matches(patterns.integer)} THEN 'not-integer'`,
        `WHEN ${isLong} OR NOT ${isValid('bigint')} THEN 'out-of-range'`,
      ];
    case 'number':
      return [
        `WHEN ${matches(patterns.plainNumber)} AND NOT ${isLong} THEN NULL`,
        `WHEN NOT ${matches(patterns.number)} THEN 'not-number'`,
        `WHEN ${isLong} OR ${matches(patterns.hugeExponent)} OR NOT ${isValid('numeric')} THEN 'out-of-range'`,
      ];
    case 'boolean':
      return [`WHEN lower(${cell}) NOT IN ('true', 'false', 't', 'f', '1', '0', 'yes', 'no') THEN 'not-boolean'`];
    case 'date':
      return [`WHEN NOT ${matches(patterns.date)} OR NOT ${isValid('date')} THEN 'not-date'`];
    case 'timestamp':
      return [`WHEN NOT ${matches(patterns.timestamp)} OR NOT ${isValid('timestamptz')} THEN 'not-timestamp'`];
    default:
      return column.type satisfies never;
  }
}

function detailsOf(column: ColumnDefinition, cell: string, inKey: boolean, keyBytes: number): string {
  if (column.type !== 'text') return `'{}'::jsonb`;
  const limit = column.maxLength ?? (inKey ? keyBytes : undefined);
  if (limit === undefined) return `'{}'::jsonb`;
  return `CASE WHEN ${cell} IS NULL THEN '{}'::jsonb
    ELSE jsonb_build_object('maxLength', ${limit}, 'found', char_length(${cell})) END`;
}

import { booleanWords, cellPatterns, keyColumnBytes, longestNumberBytes } from '@hikyaku/datasets/reading';
import type { ColumnDefinition } from '@hikyaku/types';
import type { RowCheck } from './row-check.ts';
import { quoteIdentifier, quoteLiteral } from './target-table.ts';

/**
 * What a staged cell of the column must be. PostgreSQL takes `now`, `infinity`, `NaN`, `1_000` and `0x10` for values: a
 * pattern decides what people mean by a number or a date, PostgreSQL only whether it exists.
 *
 * A regular expression costs a microsecond and more, a cast a tenth of it. So a cell is first compared with what its value
 * is written as by PostgreSQL, and only one that is written in another way goes on to the patterns.
 */
export function checkColumn(column: ColumnDefinition, primaryKey: readonly string[]): RowCheck {
  const cell = `s.${quoteIdentifier(column.name)}`;
  const inKey = primaryKey.includes(column.name);
  const keyBytes = inKey ? keyColumnBytes(primaryKey) : undefined;
  const ofNull = column.required || inKey ? `'required'` : 'NULL';
  const checks = [`WHEN ${cell} IS NULL THEN ${ofNull}`, ...typeChecks(column, cell, keyBytes)];
  const code = `CASE ${checks.join(' ')} END`;
  return { columns: [column], code, value: cell, details: detailsOf(column, cell, keyBytes) };
}

function typeChecks(column: ColumnDefinition, cell: string, keyBytes: number | undefined): string[] {
  switch (column.type) {
    case 'text':
      return textChecks(cell, column.maxLength, keyBytes);
    case 'integer':
      return integerChecks(cell);
    case 'number':
      return numberChecks(cell);
    case 'boolean':
      return [
        `WHEN ${cell} IN ('true', 'false', '1', '0') THEN NULL`,
        `WHEN lower(${cell}) NOT IN (${booleanWords.map(quoteLiteral).join(', ')}) THEN 'not-boolean'`,
      ];
    case 'date':
      return dateChecks(cell);
    case 'timestamp':
      return timestampChecks(cell);
    default:
      return column.type satisfies never;
  }
}

/** No text has more characters than bytes, and bytes are known without counting. */
function textChecks(cell: string, maxLength: number | undefined, keyBytes: number | undefined): string[] {
  const isLong = `octet_length(${cell}) > ${maxLength} AND char_length(${cell}) > ${maxLength}`;
  return [
    ...(maxLength === undefined ? [] : [`WHEN ${isLong} THEN 'too-long'`]),
    ...(keyBytes === undefined ? [] : [`WHEN octet_length(${cell}) > ${keyBytes} THEN 'too-long'`]),
  ];
}

function integerChecks(cell: string): string[] {
  return [
    `WHEN CASE WHEN ${isValid(cell, 'bigint')} THEN ${cell}::bigint::text = ${cell} END THEN NULL`,
    `WHEN NOT ${matches(cell, cellPatterns.integer)} THEN 'not-integer'`,
    `WHEN ${isLongNumber(cell)} OR NOT ${isValid(cell, 'bigint')} THEN 'out-of-range'`,
  ];
}

function numberChecks(cell: string): string[] {
  // `NaN` and `-Infinity` are written as they are read, too; they end in a letter.
  const isPlain = `${cell}::numeric::text = ${cell} AND right(${cell}, 1) BETWEEN '0' AND '9'`;
  return [
    `WHEN NOT ${isLongNumber(cell)} AND CASE WHEN ${isValid(cell, 'numeric')} THEN ${isPlain} END THEN NULL`,
    `WHEN NOT ${matches(cell, cellPatterns.number)} THEN 'not-number'`,
    `WHEN ${isLongNumber(cell)} OR ${matches(cell, cellPatterns.hugeExponent)} OR NOT ${isValid(cell, 'numeric')} THEN 'out-of-range'`,
  ];
}

function dateChecks(cell: string): string[] {
  // Ten bytes: neither `infinity`, nor years of five digits or before Christ.
  const isPlain = `${cell}::date::text = ${cell} OR replace(${cell}::date::text, '-', '/') = ${cell}`;
  return [
    `WHEN octet_length(${cell}) = 10 AND CASE WHEN ${isValid(cell, 'date')} THEN ${isPlain} END THEN NULL`,
    `WHEN NOT ${matches(cell, cellPatterns.date)} OR NOT ${isValid(cell, 'date')} THEN 'not-date'`,
  ];
}

function timestampChecks(cell: string): string[] {
  // The first 19 characters are day and time to the second; of what may follow, the usual.
  const start = `left(${cell}, 19)`;
  const isPlain = `${start}::timestamp::text IN (${start}, replace(${start}, 'T', ' '))`;
  return [
    `WHEN substr(${cell}, 20) IN ('', 'Z', '+09:00', '+00:00')
      AND CASE WHEN ${isValid(start, 'timestamp')} THEN octet_length(${start}::timestamp::text) = 19 AND ${isPlain} END THEN NULL`,
    `WHEN NOT ${matches(cell, cellPatterns.timestamp)} OR NOT ${isValid(cell, 'timestamptz')} THEN 'not-timestamp'`,
  ];
}

function matches(cell: string, pattern: string): string {
  return `${cell} ~ ${quoteLiteral(pattern)}`;
}

function isValid(cell: string, type: string): string {
  return `pg_input_is_valid(${cell}, '${type}')`;
}

function isLongNumber(cell: string): string {
  return `octet_length(${cell}) > ${longestNumberBytes}`;
}

function detailsOf(column: ColumnDefinition, cell: string, keyBytes: number | undefined): string {
  const limit = column.maxLength ?? keyBytes;
  if (column.type !== 'text' || limit === undefined) return `'{}'::jsonb`;
  return `CASE WHEN ${cell} IS NULL THEN '{}'::jsonb
    ELSE jsonb_build_object('maxLength', ${limit}, 'found', char_length(${cell})) END`;
}

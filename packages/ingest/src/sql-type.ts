import type { ColumnDefinition, ColumnType } from '@hikyaku/types';
import { quoteIdentifier } from './target-table.ts';

/** Text compares by bytes: as fast as it gets, and the same on every server whatever its locale. */
const sqlTypes = {
  text: 'text COLLATE "C"',
  integer: 'bigint',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp with time zone',
} as const satisfies Record<ColumnType, string>;

/** The SQL type of a column in the target table. */
export function sqlType(type: ColumnType): string {
  return sqlTypes[type];
}

/** The staged text of a column as its type. Only for validated rows. */
export function typedValue(column: ColumnDefinition, alias: string): string {
  const value = `${alias}.${quoteIdentifier(column.name)}`;
  return column.type === 'text' ? value : `${value}::${sqlType(column.type)}`;
}

import type { TableDefinition } from '@hikyaku/types';
import { quoteIdentifier, quoteLiteral } from './target-table.ts';

/** Where a row comes from, and how new it is; in SQL. */
export interface RowOrigin {
  /** The columns of the target table that say so. */
  names: string[];
  /** Their values, for a row by the name of `alias` that has the staging table's columns. */
  values: (alias: string) => string[];
  arrival: string;
  /** How new a row is. */
  position: (alias: string) => string;
  /** Whether the row `t` of the target table is newer than the row `alias`, or not from before it. */
  isNewer: (alias: string) => string;
}

/** Names of the columns that we keep beside a dataset's own. */
export function originColumns({ lineage }: TableDefinition): { name: string; type: string }[] {
  return [
    { name: '_source_position', type: 'bigint' },
    { name: '_arrival_id', type: 'uuid' },
    ...(lineage === 'line' ? [{ name: '_line_number', type: 'bigint' }] : []),
  ];
}

/**
 * Files of the same position are ordered by their arrivals, whose ids (UUIDv7) grow with time: two files never tie, and
 * whichever is merged first, the table ends the same.
 */
export function rowOrigin(definition: TableDefinition, file: { sourcePosition: bigint; arrivalId: string }): RowOrigin {
  const arrival = `${quoteLiteral(file.arrivalId)}::uuid`;
  const position = (alias: string) => positionOf(definition, alias) ?? `${file.sourcePosition}::bigint`;
  const line = (alias: string) => (definition.lineage === 'line' ? [`${alias}."_line_number"`] : []);
  return {
    names: originColumns(definition).map(({ name }) => quoteIdentifier(name)),
    values: (alias) => [position(alias), arrival, ...line(alias)],
    arrival,
    position,
    isNewer: (alias) => `(t."_source_position", t."_arrival_id") > (${position(alias)}, ${arrival})`,
  };
}

/** What a row itself says of its place in time: days, or microseconds, since 2000. */
function positionOf({ order, columns }: TableDefinition, alias: string): string | undefined {
  if (order.by !== 'column') return undefined;
  const value = `${alias}.${quoteIdentifier(order.column)}`;
  switch (columns.find(({ name }) => name === order.column)?.type) {
    case 'date':
      return `(${value} - DATE '2000-01-01')::bigint`;
    case 'timestamp':
      return `(extract(epoch FROM ${value} - TIMESTAMPTZ '2000-01-01 00:00:00+00') * 1000000)::bigint`;
    default:
      return value;
  }
}

import type { TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { originColumns } from './row-origin.ts';
import { sqlType } from './sql-type.ts';
import type { TargetTable } from './target-table.ts';

export interface ColumnShape {
  /** As PostgreSQL names it, such as `bigint` or `character varying(20)`. */
  type: string;
  isRequired: boolean;
  /** Somebody else fills it: a default, an identity or a computed value. */
  fillsItself: boolean;
}

/** A table as it is, or as a dataset wants it. */
export interface TableShape {
  columns: Map<string, ColumnShape>;
  /** Columns of the primary key, in its order. */
  key: string[];
}

/** Undefined where there is no table of that name. */
export async function readTableShape(client: DatabaseClient, target: TargetTable): Promise<TableShape | undefined> {
  const { rows } = await client.query<{
    name: string;
    type: string;
    is_required: boolean;
    fills_itself: boolean;
    place: number | null;
  }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS is_required,
            a.atthasdef OR a.attidentity <> '' AS fills_itself, array_position(k.conkey, a.attnum) AS place
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')
      ORDER BY a.attnum`,
    [target.schema, target.table],
  );
  if (rows.length === 0) return undefined;
  const columns = rows.map(({ name, type, is_required: isRequired, fills_itself: fillsItself }) => {
    return [name, { type, isRequired, fillsItself }] as const;
  });
  const key = rows.filter(({ place }) => place !== null).toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
  return { columns: new Map(columns), key: key.map(({ name }) => name) };
}

/** The dataset's columns, then ours. */
export function wantedTableShape(definition: TableDefinition): TableShape {
  const own = definition.columns.map(({ name, type, required }) => {
    const isRequired = required || definition.primaryKey.includes(name);
    return [name, { type: plainType(sqlType(type)), isRequired, fillsItself: false }] as const;
  });
  const ours = originColumns(definition).map(({ name, type }) => {
    return [name, { type, isRequired: true, fillsItself: false }] as const;
  });
  return { columns: new Map([...own, ...ours]), key: definition.primaryKey };
}

/** Without what belongs to a column and not to its type. */
function plainType(type: string): string {
  return type.replace(' COLLATE "C"', '');
}

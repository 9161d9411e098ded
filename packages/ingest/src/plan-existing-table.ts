import type { ColumnDefinition, TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { originColumns } from './row-origin.ts';
import { addOriginColumn, type TableChange } from './table-change.ts';
import { readTableShape, type TableShape } from './target-shape.ts';
import { qualifiedName, type TargetTable } from './target-table.ts';

/**
 * What stands against a dataset's rows living in a table that was there before. Nothing of it is changed but for the columns
 * that say where a row comes from, and those only when a person said so. Reads only, see `planTargetTable`.
 */
export async function planExistingTable(
  client: DatabaseClient,
  target: TargetTable,
  definition: TableDefinition,
): Promise<TableChange[]> {
  const found = await readTableShape(client, target);
  if (!found) return [problem('missing-table')];
  const table = qualifiedName(target.schema, target.table);
  // The merge finds a row again by its place, which says nothing across tables.
  if (await hasParts(client, table)) return [problem('several-tables')];
  return [
    ...definition.columns.flatMap((column) => columnProblem(column, found, definition) ?? []),
    ...unfilledColumns(found, definition),
    ...((await hasUniqueKey(client, table, definition)) ? [] : [noKey(definition)]),
    ...originColumns(definition)
      .filter(({ name }) => !found.columns.has(name))
      .map((column) => ({ ...addOriginColumn(table, column), risk: 'dangerous' as const })),
  ];
}

function columnProblem(
  column: ColumnDefinition,
  found: TableShape,
  { primaryKey }: TableDefinition,
): TableChange | undefined {
  const { name, required } = column;
  const shape = found.columns.get(name);
  if (!shape) return problem('missing-column', { column: name });
  if (!holds(shape.type, column)) return problem('other-type', { column: name, from: shape.type, to: column.type });
  const isFilled = required || primaryKey.includes(name);
  return shape.isRequired && !isFilled ? problem('value-required', { column: name }) : undefined;
}

/** Whether every value of the column fits the SQL type: what is refused is refused before, never by the merge. */
function holds(type: string, { type: wanted, maxLength, min, max }: ColumnDefinition): boolean {
  switch (wanted) {
    case 'text': {
      const limit = /^character varying\((\d+)\)$/.exec(type)?.[1];
      if (limit !== undefined) return maxLength !== undefined && maxLength <= Number(limit);
      return type === 'text' || type === 'character varying';
    }
    case 'integer': {
      const isSmall = Number(min) >= -(2 ** 31) && Number(max) < 2 ** 31;
      return type === 'bigint' || type === 'numeric' || (type === 'integer' && isSmall);
    }
    case 'number':
      return type === 'numeric';
    case 'boolean':
    case 'date':
      return type === wanted;
    case 'timestamp':
      return type === 'timestamp with time zone';
    default:
      return wanted satisfies never;
  }
}

/** Columns the dataset knows nothing of, and which a row can't do without. */
function unfilledColumns(found: TableShape, definition: TableDefinition): TableChange[] {
  const filled = new Set([...definition.columns, ...originColumns(definition)].map(({ name }) => name));
  return [...found.columns]
    .filter(([name, { isRequired, fillsItself }]) => isRequired && !fillsItself && !filled.has(name))
    .map(([column]) => problem('value-required', { column }));
}

/** The merge compares by the key: without an index that says so two rows could have the same. */
async function hasUniqueKey(client: DatabaseClient, table: string, definition: TableDefinition): Promise<boolean> {
  if (definition.primaryKey.length === 0) return true;
  const { rowCount } = await client.query(
    `SELECT FROM pg_index i
      WHERE i.indrelid = $1::regclass AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
        AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
              WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])) = $2::text[]`,
    [table, definition.primaryKey.toSorted()],
  );
  return rowCount !== 0;
}

async function hasParts(client: DatabaseClient, table: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_class c WHERE c.oid = $1::regclass
        AND (c.relkind = 'p' OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid))`,
    [table],
  );
  return rowCount !== 0;
}

function noKey({ primaryKey }: TableDefinition): TableChange {
  return problem('no-key', { to: primaryKey.join(', ') });
}

function problem(kind: TableChange['kind'], details: Pick<TableChange, 'column' | 'from' | 'to'> = {}): TableChange {
  return { kind, ...details, risk: 'impossible', sql: '' };
}

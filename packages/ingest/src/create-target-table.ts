import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction, isInTransaction } from './in-transaction.ts';
import { sqlType } from './sql-type.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

/**
 * Makes the table a dataset's rows live in, unless it exists: the dataset's columns, its primary key,
 * `_source_position` and `_ingest_run_id`. Joins the transaction that is open, or runs in one of its own.
 *
 * Throws `HikyakuError('invalid-input')` with `table` and `column` where a table of that name has another shape.
 */
export async function createTargetTable(
  client: DatabaseClient,
  target: TargetTable,
  definition: TableDefinition,
): Promise<void> {
  if (!isInTransaction(client)) return inTransaction(client, () => createTargetTable(client, target, definition));
  await asOrganization(client, { role: target.role }, async () => {
    // CREATE … IF NOT EXISTS alone fails when two do it at once.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      qualifiedName(target.schema, target.table),
    ]);
    const found = await describeTable(client, target);
    if (found.size === 0) await client.query(createStatement(target, definition));
    else refuseOtherShape(target, found, await wantedShape(client, definition));
  });
}

function createStatement(target: TargetTable, definition: TableDefinition): string {
  const columns = definition.columns.map((column) => {
    const notNull = column.required || definition.primaryKey.includes(column.name) ? ' NOT NULL' : '';
    return `${quoteIdentifier(column.name)} ${sqlType(column.type)}${notNull}`;
  });
  const key = definition.primaryKey.map(quoteIdentifier).join(', ');
  return `CREATE TABLE ${qualifiedName(target.schema, target.table)} (
    ${columns.join(',\n    ')},
    "_source_position" bigint NOT NULL,
    "_ingest_run_id" uuid NOT NULL,
    PRIMARY KEY (${key})
  )`;
}

/** By column name: type, nullability and place in the primary key, in words that can be compared. */
type TableShape = Map<string, string>;

async function describeTable(client: DatabaseClient, target: TargetTable): Promise<TableShape> {
  const result = await client.query<{ name: string; shape: string }>(
    `SELECT a.attname AS name,
            concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                      'KEY ' || array_position(k.conkey, a.attnum)) AS shape
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE n.nspname = $1 AND c.relname = $2`,
    [target.schema, target.table],
  );
  return new Map(result.rows.map((row) => [row.name, row.shape]));
}

async function wantedShape(client: DatabaseClient, definition: TableDefinition): Promise<TableShape> {
  const shape: TableShape = new Map();
  for (const column of definition.columns) {
    const place = definition.primaryKey.indexOf(column.name) + 1;
    const type = await client.query<{ type: string }>('SELECT format_type($1::regtype, NULL) AS type', [
      sqlType(column.type).replace(' COLLATE "C"', ''),
    ]);
    const notNull = column.required || place > 0 ? ' NOT NULL' : '';
    shape.set(column.name, `${type.rows[0]?.type}${notNull}${place > 0 ? ` KEY ${place}` : ''}`);
  }
  return shape.set('_source_position', 'bigint NOT NULL').set('_ingest_run_id', 'uuid NOT NULL');
}

function refuseOtherShape(target: TargetTable, found: TableShape, wanted: TableShape): void {
  for (const column of new Set([...wanted.keys(), ...found.keys()])) {
    if (found.get(column) === wanted.get(column)) continue;
    const details = {
      table: target.table,
      column,
      expected: wanted.get(column) ?? 'absent',
      found: found.get(column) ?? 'absent',
    };
    throw new HikyakuError('invalid-input', { details });
  }
}

import type { ColumnDefinition, TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { sqlType } from './sql-type.ts';
import { type OrganizationSchema, qualifiedName, quoteIdentifier } from './target-table.ts';

const prefix = '_staging_';

/** The staging table of one ingest run. Named by the run, so that it is never reused. */
export function stagingTableName(ingestRunId: string): string {
  return `${prefix}${ingestRunId.replaceAll('-', '')}`;
}

/** Where the rows of a staging table wait as text whose cells nobody could vouch for on the way in. */
export function doubtfulTableName(stagingTable: string): string {
  return `${stagingTable}_doubtful`;
}

/** Where the rejects of a staging table wait to be copied to the ledger. */
export function rejectsTableName(stagingTable: string): string {
  return `${stagingTable}_rejects`;
}

/** Where the refused lines of a staging table wait, as they were sent. */
export function linesTableName(stagingTable: string): string {
  return `${stagingTable}_lines`;
}

/**
 * Makes the tables of a run: rows in the types of the target table, those in doubt as text, and what is refused. UNLOGGED: a
 * crash empties them, which the merge notices.
 */
export async function createStagingTables(
  client: DatabaseClient,
  schema: string,
  stagingTable: string,
  definition: TableDefinition,
): Promise<void> {
  const columns = (type: (column: ColumnDefinition) => string) =>
    definition.columns.map((column) => `, ${quoteIdentifier(column.name)} ${type(column)}`).join('');
  const create = (table: string, content: string) =>
    `CREATE UNLOGGED TABLE ${qualifiedName(schema, table)} (${content}) WITH (autovacuum_enabled = false);`;
  await client.query(`
    ${create(stagingTable, `"_line_number" bigint NOT NULL${columns((column) => sqlType(column.type))}`)}
    ${create(doubtfulTableName(stagingTable), `"_line_number" bigint NOT NULL${columns(() => 'text COLLATE "C"')}`)}
    ${create(rejectsTableName(stagingTable), 'line_number bigint NOT NULL, column_name text, code text NOT NULL, value text, details jsonb NOT NULL')}
    ${create(linesTableName(stagingTable), 'line_number bigint NOT NULL, raw bytea')}`);
}

/** Drops a run's staging tables, if they exist, within the transaction that is open and under the organization's role. */
export async function dropStagingTables(client: DatabaseClient, schema: string, stagingTable: string): Promise<void> {
  const tables = [stagingTable, ...besideNames(stagingTable)].map((table) => qualifiedName(schema, table));
  await client.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`);
}

function besideNames(stagingTable: string): string[] {
  return [doubtfulTableName, rejectsTableName, linesTableName].map((name) => name(stagingTable));
}

/** The staging tables an organization's schema holds, those of runs that were killed too. */
export async function listStagingTables(client: DatabaseClient, organization: OrganizationSchema): Promise<string[]> {
  const result = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname ~ ('^' || $2 || '[0-9a-f]{32}$')
      ORDER BY c.relname`,
    [organization.schema, prefix],
  );
  return result.rows.map((row) => row.name);
}

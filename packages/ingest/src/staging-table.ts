import type { TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { type OrganizationSchema, qualifiedName, quoteIdentifier } from './target-table.ts';

const prefix = '_staging_';

/** The staging table of one ingest run. Named by the run, so that it is never reused. */
export function stagingTableName(ingestRunId: string): string {
  return `${prefix}${ingestRunId.replaceAll('-', '')}`;
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
 * Makes the tables of a run. UNLOGGED: a crash empties them, which the merge notices. A row is `_doubtful` unless each of its cells
 * was seen to be sound on the way in; the others need no validation.
 */
export async function createStagingTables(
  client: DatabaseClient,
  schema: string,
  stagingTable: string,
  definition: TableDefinition,
): Promise<void> {
  const columns = definition.columns.map((column) => `, ${quoteIdentifier(column.name)} text COLLATE "C"`);
  await client.query(`
    CREATE UNLOGGED TABLE ${qualifiedName(schema, stagingTable)} ("_line_number" bigint NOT NULL, "_doubtful" boolean${columns.join('')})
      WITH (autovacuum_enabled = false);
    CREATE UNLOGGED TABLE ${qualifiedName(schema, rejectsTableName(stagingTable))} (
      line_number bigint NOT NULL, column_name text, code text NOT NULL, value text, details jsonb NOT NULL
    ) WITH (autovacuum_enabled = false);
    CREATE UNLOGGED TABLE ${qualifiedName(schema, linesTableName(stagingTable))} (line_number bigint NOT NULL, raw bytea)
      WITH (autovacuum_enabled = false)`);
}

/** Drops a run's staging tables, if they exist, within the transaction that is open and under the organization's role. */
export async function dropStagingTables(client: DatabaseClient, schema: string, stagingTable: string): Promise<void> {
  const tables = [stagingTable, rejectsTableName(stagingTable), linesTableName(stagingTable)].map((table) =>
    qualifiedName(schema, table),
  );
  await client.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`);
}

/** The staging tables an organization's schema holds, those of runs that were killed too. */
export async function listStagingTables(client: DatabaseClient, organization: OrganizationSchema): Promise<string[]> {
  const result = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND starts_with(c.relname, $2) AND c.relname NOT LIKE '%\\_rejects' AND c.relname NOT LIKE '%\\_lines'
      ORDER BY c.relname`,
    [organization.schema, prefix],
  );
  return result.rows.map((row) => row.name);
}

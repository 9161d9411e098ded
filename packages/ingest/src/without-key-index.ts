import { isPostgresError } from './database-error.ts';
import type { DatabaseClient } from './database-client.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

/** Below it an index that grows row by row costs less than making it anew. */
const fewestRows = 20_000;
/** Beyond it readers of the empty table would wait for more than some seconds. */
const mostRows = 5_000_000;
/** What says that the index can't be taken away now: somebody reads the table, or something depends on it. */
const refusals = new Set(['55P03', '2BP01', '42501']);

/**
 * Fills an empty table without its key's index and makes that anew, in the transaction that is open: a sort instead of an
 * insertion for each row. Where that isn't to be had at once the table is filled as it is.
 */
export async function withoutKeyIndex<T>(
  { client, target }: { client: DatabaseClient; target: TargetTable },
  rows: number,
  fill: () => Promise<T>,
): Promise<T> {
  const key = rows < fewestRows || rows > mostRows ? undefined : await findKey(client, target);
  if (!key || !(await dropKey(client, target, key.name))) return fill();
  const result = await fill();
  await client.query(
    `ALTER TABLE ${qualifiedName(target.schema, target.table)} ADD CONSTRAINT ${quoteIdentifier(key.name)} ${key.definition}`,
  );
  return result;
}

interface KeyConstraint {
  name: string;
  definition: string;
}

/** Only a key of the plain form: what else one can have would not come back. */
async function findKey(client: DatabaseClient, { schema, table }: TargetTable): Promise<KeyConstraint | undefined> {
  const { rows } = await client.query<KeyConstraint>(
    `SELECT k.conname AS name, pg_get_constraintdef(k.oid) AS definition
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_class i ON i.oid = k.conindid
      WHERE n.nspname = $1 AND c.relname = $2 AND k.contype = 'p' AND NOT k.condeferrable AND k.coninhcount = 0
        AND i.reltablespace = 0 AND i.reloptions IS NULL AND c.relkind = 'r' AND c.relreplident = 'd'`,
    [schema, table],
  );
  return rows[0];
}

async function dropKey(client: DatabaseClient, { schema, table }: TargetTable, name: string): Promise<boolean> {
  const qualified = qualifiedName(schema, table);
  await client.query('SAVEPOINT without_key');
  try {
    await client.query(`LOCK TABLE ${qualified} IN ACCESS EXCLUSIVE MODE NOWAIT`);
    await client.query(`ALTER TABLE ${qualified} DROP CONSTRAINT ${quoteIdentifier(name)}`);
  } catch (error) {
    if (!isPostgresError(error) || !refusals.has(error.code)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT without_key');
    return false;
  }
  await client.query('RELEASE SAVEPOINT without_key');
  return true;
}

import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction, isInTransaction } from './in-transaction.ts';
import { planTargetTable } from './plan-target-table.ts';
import type { TableChange } from './table-change.ts';
import { qualifiedName, type TargetTable } from './target-table.ts';

/**
 * Makes the table a dataset's rows live in, or changes it to what the dataset wants: the dataset's columns, its primary key, and
 * where each row comes from. Joins the transaction that is open, or runs in one of its own. A dry run only says what would
 * change.
 *
 * Throws `HikyakuError('table-change-refused')` with `change`, `column`, `from` and `to`, and nothing changed, where a change is
 * impossible, or dangerous and not accepted.
 */
export async function createTargetTable(
  client: DatabaseClient,
  target: TargetTable,
  definition: TableDefinition,
  options: { acceptDangerous?: boolean; dryRun?: boolean } = {},
): Promise<TableChange[]> {
  if (!isInTransaction(client)) {
    return inTransaction(client, () => createTargetTable(client, target, definition, options));
  }
  return asOrganization(client, { role: target.role }, async () => {
    // CREATE … IF NOT EXISTS alone fails when two do it at once.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      qualifiedName(target.schema, target.table),
    ]);
    const changes = await planTargetTable(client, target, definition);
    if (options.dryRun) return changes;
    const refused = changes.find(
      ({ risk }) => risk === 'impossible' || (risk === 'dangerous' && !options.acceptDangerous),
    );
    if (refused) throw refusal(target, refused);
    for (const { sql } of changes) await client.query(sql);
    return changes;
  });
}

function refusal({ table }: TargetTable, { kind, column = '', from = '', to = '' }: TableChange): HikyakuError {
  return new HikyakuError('table-change-refused', { details: { table, change: kind, column, from, to } });
}

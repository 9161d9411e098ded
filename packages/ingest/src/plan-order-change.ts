import type { TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import type { TableChange } from './table-change.ts';
import { qualifiedName, type TargetTable } from './target-table.ts';

/**
 * Each row says its place in the order of its dataset, and partitions hold marks of theirs. Under another order those places would
 * be compared with ones of another kind, and every file be older, or newer, than every row: with rows there it can't be changed.
 *
 * In a transaction. Nothing where the order stays, or where there are no rows.
 */
export async function planOrderChange(
  client: DatabaseClient,
  target: TargetTable,
  { from, to }: { from: TableDefinition; to: TableDefinition },
): Promise<TableChange[]> {
  const [was, becomes] = [orderOf(from), orderOf(to)];
  if (was === becomes) return [];
  const table = qualifiedName(target.schema, target.table);
  return asOrganization(client, { role: target.role }, async () => {
    const found = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [table]);
    if (!found.rows[0]?.exists) return [];
    if ((await client.query(`SELECT FROM ${table} LIMIT 1`)).rowCount === 0) return [];
    return [{ kind: 'change-order', from: was, to: becomes, risk: 'impossible', sql: '' }];
  });
}

function orderOf({ order, mode, columns }: TableDefinition): string {
  const grain = mode === 'replace-partition' ? 'partitions' : 'rows';
  if (order.by !== 'column') return `${grain} by ${order.by}`;
  const type = columns.find(({ name }) => name === order.column)?.type;
  return `${grain} by ${order.column} (${type})`;
}

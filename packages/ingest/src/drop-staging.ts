import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction, isInTransaction } from './in-transaction.ts';
import { dropStagingTables } from './staging-table.ts';
import type { OrganizationSchema } from './target-table.ts';

/**
 * Drops a run's staging tables; no harm where there are none. Joins the transaction that is open, so that they vanish
 * with the commit that makes them needless, or runs in one of its own.
 */
export async function dropStaging(options: {
  client: DatabaseClient;
  target: OrganizationSchema;
  stagingTable: string;
}): Promise<void> {
  const { client, target, stagingTable } = options;
  if (!isInTransaction(client)) return inTransaction(client, () => dropStaging(options));
  await asOrganization(client, { role: target.role }, () => dropStagingTables(client, target.schema, stagingTable));
}

import { createAppDatabase, createDataset, createOrganization, organizationSchema } from '@hikyaku/db';
import { inOrganization } from '@hikyaku/db/ledger';
import type { MigratedDatabase } from '@hikyaku/db/testing';
import { createTargetTable } from '@hikyaku/ingest';
import type { TableDefinition } from '@hikyaku/types';
import { Pool } from 'pg';

/** An organization with one dataset and its table, which is named after the dataset. */
export async function furnishOrganization(
  database: MigratedDatabase,
  { slug, definition }: { slug: string; definition: TableDefinition },
) {
  const { id: organizationId } = await createOrganization(database.owner, { name: 'Test', slug: 'test' });
  const schema = organizationSchema(organizationId);
  const target = { schema, role: schema, table: slug };
  const app = createAppDatabase({ url: database.app, maxConnections: 1 });
  await app.inOrganization({ organizationId, actorId: null }, (transaction) =>
    createDataset(transaction, {
      organizationId,
      slug,
      name: { ja: '品目', en: 'Items' },
      definition,
      targetTable: target.table,
    }),
  );
  await app.close();
  const pool = new Pool({ connectionString: database.app, max: 1 });
  await inOrganization(pool, organizationId, (client) => createTargetTable(client, target, definition));
  await pool.end();
  return { organizationId, target };
}

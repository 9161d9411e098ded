import type { DefinedDataset } from '@hikyaku/datasets';
import { compareDataset, organizationSchema, saveDataset } from '@hikyaku/db';
import { createTargetTable, planOrderChange, type TableChange } from '@hikyaku/ingest';
import { HikyakuError } from '@hikyaku/types';
import type { ClientBase } from 'pg';

export interface DatasetPlan {
  state: 'new' | 'changed' | 'unchanged';
  /** What its table would have to become, or became. */
  changes: TableChange[];
}

/**
 * Brings an organization's dataset and its table to what is defined, in one transaction, or only says what that would change.
 *
 * @param client on the owner's connection, idle
 * @throws HikyakuError table-change-refused, and nothing is changed; also where another table is named than the one that
 * has the rows
 */
export async function applyDataset(
  client: ClientBase,
  organizationId: string,
  dataset: DefinedDataset,
  options: { dryRun: boolean; acceptDangerous: boolean },
): Promise<DatasetPlan> {
  const schema = organizationSchema(organizationId);
  const { targetTable: table, definition } = dataset;
  await client.query('BEGIN');
  try {
    const found = await compareDataset(client, organizationId, dataset);
    if (found.state !== 'new' && found.targetTable !== table) {
      const details = { table: found.targetTable, change: 'other-table', from: found.targetTable, to: table };
      throw new HikyakuError('table-change-refused', { details });
    }
    const target = { schema, role: schema, table };
    const order =
      found.state === 'changed' && found.definition
        ? await planOrderChange(client, target, { from: found.definition, to: definition })
        : [];
    const [refused] = order;
    if (refused && !options.dryRun) {
      const { kind: change, from = '', to = '' } = refused;
      throw new HikyakuError('table-change-refused', { details: { table, change, from, to } });
    }
    const changes = [...order, ...(await createTargetTable(client, target, definition, options))];
    if (!options.dryRun && found.state !== 'unchanged') await saveDataset(client, organizationId, dataset);
    await client.query(options.dryRun ? 'ROLLBACK' : 'COMMIT');
    return { state: found.state, changes };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

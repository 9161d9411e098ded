import { type LocalizedText, tableDefinition, type TableDefinition } from '@hikyaku/types';
import type { ClientBase } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';

export interface DatasetToSave {
  slug: string;
  name: LocalizedText;
  targetTable: string;
  definition: TableDefinition;
}

const found = z.object({
  id: z.uuid(),
  target_table: z.string(),
  /** One from before a rule that it breaks is none any more: to be replaced by what is defined now. */
  definition: tableDefinition.optional().catch(undefined),
  is_same: z.boolean(),
});

/** Whether an organization has the dataset, and just like this. Its row is held until the transaction ends. */
export async function compareDataset(
  client: ClientBase,
  organizationId: string,
  { slug, name, targetTable, definition }: DatasetToSave,
): Promise<
  { state: 'new' } | { state: 'changed' | 'unchanged'; id: string; targetTable: string; definition?: TableDefinition }
> {
  const { rows } = await client.query(
    `SELECT id, target_table, definition, (name_ja, name_en, target_table, definition) = ($3, $4, $5, $6::jsonb) AS is_same
       FROM dataset WHERE organization_id = $1 AND slug = $2 FOR UPDATE`,
    [organizationId, slug, name.ja, name.en, targetTable, definition],
  );
  if (rows.length === 0) return { state: 'new' };
  const { id, target_table: wasTable, definition: was, is_same: isSame } = found.parse(rows[0]);
  return { state: isSame ? 'unchanged' : 'changed', id, targetTable: wasTable, ...(was ? { definition: was } : {}) };
}

/** Writes a dataset down, new or changed, with its entry in the audit trail. Needs the owner's connection. */
export async function saveDataset(client: ClientBase, organizationId: string, dataset: DatasetToSave): Promise<void> {
  const { slug, name, targetTable, definition } = dataset;
  await client.query(
    `WITH saved AS (
       INSERT INTO dataset (id, organization_id, slug, name_ja, name_en, target_table, definition)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (organization_id, slug) DO UPDATE SET name_ja = $4, name_en = $5, definition = $7
       RETURNING id)
     INSERT INTO audit_event (organization_id, action, subject, subject_id, details)
     SELECT $2, 'dataset.apply', 'dataset', saved.id::text, jsonb_build_object('slug', $3::text) FROM saved`,
    [uuidv7(), organizationId, slug, name.ja, name.en, targetTable, definition],
  );
}

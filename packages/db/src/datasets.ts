import { type DatasetSummary, type LocalizedText, type TableDefinition, tableDefinition } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import type { AppTransaction } from './app-database.ts';

export interface Dataset {
  id: string;
  organizationId: string;
  slug: string;
  name: LocalizedText;
  definition: TableDefinition;
  targetTable: string;
}

export async function listDatasets(transaction: AppTransaction): Promise<DatasetSummary[]> {
  const rows = await transaction.dataset.findMany({ where: { kind: 'table' }, orderBy: { slug: 'asc' } });
  return rows.map((row) => {
    const { format, columns, primaryKey, encryption, maxFileBytes } = tableDefinition.parse(row.definition);
    const name = { ja: row.nameJa, en: row.nameEn };
    return { id: row.id, slug: row.slug, name, format, columns, primaryKey, encryption, maxFileBytes };
  });
}

/** By its slug, or by its id. */
export async function findDataset(
  transaction: AppTransaction,
  which: { slug: string } | { id: string },
): Promise<Dataset | undefined> {
  const row = await transaction.dataset.findFirst({ where: which });
  if (!row) return undefined;
  return {
    id: row.id,
    organizationId: row.organizationId,
    slug: row.slug,
    name: { ja: row.nameJa, en: row.nameEn },
    definition: tableDefinition.parse(row.definition),
    targetTable: row.targetTable,
  };
}

export async function createDataset(
  transaction: AppTransaction,
  dataset: Omit<Dataset, 'id'>,
): Promise<{ id: string }> {
  const { name, ...fields } = dataset;
  return transaction.dataset.create({
    data: { id: uuidv7(), ...fields, nameJa: name.ja, nameEn: name.en },
    select: { id: true },
  });
}

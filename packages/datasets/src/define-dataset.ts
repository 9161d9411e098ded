import {
  type ColumnType,
  datasetSlug,
  localizedText,
  type LocalizedText,
  tableDefinition,
  type TableDefinition,
} from '@hikyaku/types';
import { z } from 'zod';

/** A dataset as it is written in a file of its own, checked and with every default filled in. */
export interface DefinedDataset {
  slug: string;
  name: LocalizedText;
  /** In the organization's schema. */
  targetTable: string;
  definition: TableDefinition;
}

type TableInput = z.input<typeof tableDefinition>;
type ColumnInput = TableInput['columns'][number];

/** What `defineDataset` takes: names of columns are those of this dataset, wherever they are named. */
export interface DatasetInput<Name extends string> extends Omit<
  TableInput,
  'columns' | 'primaryKey' | 'partitionBy' | 'order'
> {
  slug: string;
  name: LocalizedText;
  /** Its table in the organization's schema; the slug with `_` for `-` if absent. */
  table?: string;
  columns: readonly (Omit<ColumnInput, 'name'> & { name: Name; type: ColumnType })[];
  primaryKey: readonly NoInfer<Name>[];
  partitionBy?: readonly NoInfer<Name>[];
  order?: { by: 'arrival' } | { by: 'name-date' } | { by: 'column'; column: NoInfer<Name> };
}

const defined = z.object({
  slug: datasetSlug,
  name: localizedText,
  targetTable: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower-case letters, digits and _, up to 63'),
  definition: tableDefinition,
});

/**
 * Says in one place how a dataset's files are read, checked, ordered and loaded, and what its table looks like:
 *
 * ```ts
 * export const dailySales = defineDataset({
 *   slug: 'daily-sales',
 *   name: { ja: '日次売上', en: 'Daily sales' },
 *   encoding: 'cp932',
 *   columns: [
 *     { name: 'store', header: '店舗コード', type: 'text', required: true, maxLength: 8 },
 *     { name: 'sold_on', header: '売上日', type: 'date', required: true },
 *     { name: 'amount', header: '金額', type: 'integer', min: 0 },
 *   ],
 *   primaryKey: ['store', 'sold_on'],
 *   mode: 'replace-partition',
 *   partitionBy: ['sold_on'],
 * });
 * ```
 *
 * @throws Error that names every fault, where the definition contradicts itself
 */
export function defineDataset<const Name extends string>(input: DatasetInput<Name>): DefinedDataset {
  const { slug, name, table, ...definition } = input;
  const parsed = defined.safeParse({ slug, name, targetTable: table ?? slug.replaceAll('-', '_'), definition });
  if (!parsed.success) throw new Error(`The dataset '${slug}' contradicts itself:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Whether a value is what `defineDataset` gives: what a file exports may be anything. */
export function isDefinedDataset(value: unknown): value is DefinedDataset {
  return defined.safeParse(value).success;
}

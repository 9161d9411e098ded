import { z } from 'zod';
import { localizedText } from './locale.ts';

/** What a cell may hold. `date` is `2026-11-21` or `2026/11/21`; `timestamp` adds a time and, if it has one, an offset. */
export const columnType = z.enum(['text', 'integer', 'number', 'boolean', 'date', 'timestamp']);
export type ColumnType = z.infer<typeof columnType>;

/** A column's name in the table: also an SQL identifier, always quoted. */
export const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,57}$/);

export const columnDefinition = z.object({
  name: columnName,
  /** The header cell this column is found by; the name if absent. */
  header: z.string().min(1).max(200).optional(),
  type: columnType,
  required: z.boolean().default(false),
  /** Characters, for `text` only. */
  maxLength: z.int().min(1).max(1_000_000).optional(),
});
export type ColumnDefinition = z.infer<typeof columnDefinition>;

export const datasetSlug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

/** How a table dataset is taken in. Stored with the dataset; later fields get defaults, so that old rows stay readable. */
export const tableDefinition = z
  .object({
    format: z.literal('csv').default('csv'),
    columns: z.array(columnDefinition).min(1).max(1_000),
    /** Columns that identify a row; an upsert compares by them. */
    primaryKey: z.array(columnName).min(1).max(16),
    /** Refused rows beyond which the whole file is refused. */
    rejectLimit: z.int().min(0).max(1_000_000).default(1_000),
    maxFileBytes: z
      .int()
      .min(1)
      .default(5 * 1024 ** 3),
    /** What a compressed file may unpack to: a small file that unpacks without end is refused there. */
    maxContentBytes: z
      .int()
      .min(1)
      .default(50 * 1024 ** 3),
  })
  .refine((d) => new Set(d.columns.map((c) => c.name)).size === d.columns.length, 'column names must differ')
  .refine(
    (d) => d.primaryKey.every((k) => d.columns.some((c) => c.name === k)),
    'the primary key names unknown columns',
  );
export type TableDefinition = z.infer<typeof tableDefinition>;

export const datasetSummary = z.object({
  id: z.uuid(),
  slug: datasetSlug,
  name: localizedText,
  columns: z.array(columnDefinition),
  primaryKey: z.array(z.string()),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

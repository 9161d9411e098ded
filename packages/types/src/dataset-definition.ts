import { z } from 'zod';
import { localizedText } from './locale.ts';

/** What a cell may hold. `date` is `2026-11-21` or `2026/11/21`; `timestamp` adds a time and, if it has one, an offset. */
export const columnType = z.enum(['text', 'integer', 'number', 'boolean', 'date', 'timestamp']);
export type ColumnType = z.infer<typeof columnType>;

/** A column's name in the table: also an SQL identifier, always quoted. */
export const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,57}$/);

const limitPatterns = {
  date: /^\d{4}-\d\d-\d\d$/,
  timestamp: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/,
};

/** Numbers for numbers; days and times as they are written in a file, and as they exist. */
function isLimit(type: ColumnType, limit: number | string): boolean {
  if (type === 'integer') return Number.isSafeInteger(limit);
  if (type === 'number') return typeof limit === 'number' && Number.isFinite(limit);
  if (type !== 'date' && type !== 'timestamp') return false;
  return typeof limit === 'string' && limitPatterns[type].test(limit) && isDay(limit.slice(0, 10));
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const columnDefinition = z
  .object({
    name: columnName,
    /** The header cell this column is found by; the name if absent. */
    header: z.string().min(1).max(200).optional(),
    type: columnType,
    required: z.boolean().default(false),
    /** Characters, for `text` only. */
    minLength: z.int().min(1).max(1_000_000).optional(),
    maxLength: z.int().min(1).max(1_000_000).optional(),
    /** The only values there may be, for `text` only. */
    oneOf: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
    /** Smallest and largest value, for numbers, and for days and times as they are written in a file. */
    min: z.union([z.number(), z.string().max(40)]).optional(),
    max: z.union([z.number(), z.string().max(40)]).optional(),
  })
  .refine(
    (c) => c.type === 'text' || (c.minLength === undefined && c.maxLength === undefined && c.oneOf === undefined),
    'lengths and listed values are for text',
  )
  .refine(
    (c) => (c.type !== 'text' && c.type !== 'boolean') || (c.min === undefined && c.max === undefined),
    'smallest and largest values are for numbers, days and times',
  )
  .refine(
    (c) => [c.min, c.max].every((limit) => limit === undefined || isLimit(c.type, limit)),
    'a limit is no value of its column',
  );
export type ColumnDefinition = z.infer<typeof columnDefinition>;

export const fileFormat = z.enum(['csv', 'tsv', 'json-lines', 'xlsx']);
export type FileFormat = z.infer<typeof fileFormat>;

/**
 * How a file's bytes are characters. `auto`: a byte order mark decides, then whether the first characters beyond ASCII are
 * UTF-8, else CP932. A byte order mark decides always.
 */
export const fileEncoding = z.enum(['auto', 'utf-8', 'cp932', 'euc-jp', 'utf-16le', 'utf-16be']);
export type FileEncoding = z.infer<typeof fileEncoding>;

/**
 * What a file does to its table.
 *
 * - `upsert`: rows are added, or take the place of those with the same key.
 * - `insert`: rows are added; a row whose key is there already is refused.
 * - `replace-partition`: all rows that have the same values in `partitionBy` as a row of the file make way for the file's. One
 *   refused row refuses the file: without it the partition would not be whole.
 */
export const loadMode = z.enum(['upsert', 'insert', 'replace-partition']);
export type LoadMode = z.infer<typeof loadMode>;

/**
 * Which of two files is older: what is older never takes the place of what is newer.
 *
 * - `arrival`: the order in which they were handed over, whatever comes late: an upload when it was begun, other objects as S3
 *   says, to the second or better.
 * - `name-date`: the date in the file's name or, without one, in its key: `20261121`, `2026-11-21`, `20261121T0930`,
 *   `20261121093000`; the last one counts. A file without a date is refused.
 * - `column`: a column of type `integer`, `date` or `timestamp`, for each row by itself.
 */
export const sourceOrder = z.discriminatedUnion('by', [
  z.object({ by: z.literal('arrival') }),
  z.object({ by: z.literal('name-date') }),
  z.object({ by: z.literal('column'), column: columnName }),
]);
export type SourceOrder = z.infer<typeof sourceOrder>;

/** Whether files may come open. */
const encryptionRule = z.enum(['optional', 'required']);

/**
 * Who must have signed a file. `minisign`: a detached signature lies beside it in storage, under the file's key and
 * `.minisig`, over the bytes as they are stored. `openpgp`: the file itself is an OpenPGP message, signed, and most often
 * encrypted too.
 */
const signatureRule = z.object({
  kind: z.enum(['minisign', 'openpgp']),
  /** Public keys, one of which must have signed: `RW…` lines or `.pub` files of minisign; OpenPGP keys in armor. */
  trustedKeys: z.array(z.string().min(1).max(100_000)).min(1).max(20),
});
export type SignatureRule = z.infer<typeof signatureRule>;

export const datasetSlug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

/** How a table dataset is taken in. Stored with the dataset; later fields get defaults, so that old rows stay readable. */
export const tableDefinition = z
  .object({
    format: fileFormat.default('csv'),
    encoding: fileEncoding.default('auto'),
    /** What stands between two cells of a `csv`. */
    delimiter: z.enum([',', ';', '|', '\t']).default(','),
    /** Of an `xlsx`: the sheet with this name; the first one if absent. */
    sheet: z.string().min(1).max(31).optional(),
    columns: z.array(columnDefinition).min(1).max(1_000),
    /** Columns that identify a row; an upsert compares by them. Only what inserts may do without. */
    primaryKey: z.array(columnName).max(16),
    mode: loadMode.default('upsert'),
    /** For `replace-partition`: required columns of the primary key. */
    partitionBy: z.array(columnName).max(16).default([]),
    order: sourceOrder.default({ by: 'arrival' }),
    /** What becomes of a file whose content, byte for byte, was taken in before under another key. */
    sameContent: z.enum(['ingest', 'skip']).default('ingest'),
    /** Whose the target table is: made and changed by us, or there before and only checked. */
    target: z.enum(['managed', 'existing']).default('managed'),
    /** Whether each row remembers its line beside its file. */
    lineage: z.enum(['line', 'file']).default('line'),
    encryption: encryptionRule.default('optional'),
    /** Anybody with a public key can encrypt: only this says who sent a file. Nobody has to sign if absent. */
    signature: signatureRule.optional(),
    /** Refused rows beyond which the whole file is refused. */
    rejectLimit: z.int().min(0).max(1_000_000).default(1_000),
    /** The same as a share of the rows read, in percent. Whichever is reached first. */
    rejectLimitPercent: z.number().min(0).max(100).default(100),
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
    (d) => [...d.primaryKey, ...d.partitionBy].every((k) => d.columns.some((c) => c.name === k)),
    'the primary key or the partition names unknown columns',
  )
  .refine((d) => d.primaryKey.length > 0 || d.mode === 'insert', 'only what inserts may do without a primary key')
  .refine(
    (d) => d.partitionBy.every((name) => d.columns.some((c) => c.name === name && c.required)),
    'what is partitioned by has to be required',
  )
  .refine(
    (d) => (d.mode === 'replace-partition') === d.partitionBy.length > 0,
    'partitionBy is what replace-partition goes by, and nothing else',
  )
  // Else a late file could take a row out of the partition that a newer one has replaced.
  .refine(
    (d) => d.partitionBy.every((name) => d.primaryKey.includes(name)),
    'what is partitioned by belongs to the primary key: a row stays in its partition',
  )
  .refine(({ order, columns, mode }) => {
    if (order.by !== 'column') return true;
    const column = columns.find((c) => c.name === order.column);
    const canOrder = column !== undefined && ['integer', 'date', 'timestamp'].includes(column.type);
    return canOrder && column.required && mode !== 'replace-partition';
  }, 'rows are ordered by a required column of integers, dates or timestamps, and partitions by their file');
export type TableDefinition = z.infer<typeof tableDefinition>;

export const datasetSummary = z.object({
  id: z.uuid(),
  slug: datasetSlug,
  name: localizedText,
  format: fileFormat,
  columns: z.array(columnDefinition),
  primaryKey: z.array(z.string()),
  encryption: encryptionRule,
  maxFileBytes: z.int(),
});
export type DatasetSummary = z.infer<typeof datasetSummary>;

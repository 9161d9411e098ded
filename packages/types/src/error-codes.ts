import { z } from 'zod';

/** Why a request was not done. Each has a text in both languages in `@hikyaku/texts`. */
export const requestErrorCode = z.enum([
  'unauthenticated',
  'wrong-credentials',
  'forbidden',
  'not-found',
  'invalid-input',
  'dataset-not-found',
  'table-change-refused',
  'empty-file',
  'file-too-large',
  'unsupported-file-type',
  'upload-not-open',
  'object-missing',
  'size-mismatch',
  'checksum-mismatch',
  'invitation-not-open',
  'password-too-short',
  'email-taken',
  'endpoint-not-found',
  'upload-not-found',
  'no-refused-lines',
  'invalid-request',
  'invalid-token',
  'missing-scope',
  'idempotency-key-reused',
  'invalid-json',
  'request-too-large',
  'method-not-allowed',
  'rate-limited',
  'network',
  'storage-refused',
  'storage-unavailable',
  'database-unavailable',
  'internal',
]);

/** Why a whole file was not taken in. */
export const fileErrorCode = z.enum([
  'empty-file',
  'not-csv',
  'other-format',
  'not-utf8',
  'missing-columns',
  'repeated-columns',
  'too-many-columns',
  'line-too-long',
  'unclosed-quote',
  'too-many-rejects',
  'wrong-key',
  'no-key',
  'key-unavailable',
  'not-encrypted',
  'unsupported-encryption',
  'damaged-encryption',
  'damaged-compression',
  'unsupported-compression',
  'nested-compression',
  'damaged-workbook',
  'no-sheet',
  'workbook-too-large',
  'content-too-large',
  'object-missing',
  'unexpected-version',
  'upload-cancelled',
  'size-mismatch',
  'checksum-mismatch',
  'no-organization',
  'no-dataset',
  'claim-lost',
  'stopped',
  'staging-lost',
  'target-changed',
  'storage-refused',
  'storage-unavailable',
  'database-unavailable',
  'too-many-attempts',
  'internal',
]);
export type FileErrorCode = z.infer<typeof fileErrorCode>;

/** Why one row was refused. */
export const rejectCode = z.enum([
  'wrong-column-count',
  'stray-quote',
  'unclosed-quote',
  'line-too-long',
  /** No longer given: ledgers have it of files that were taken in while a CR ended no line. */
  'stray-carriage-return',
  'not-json',
  'nested-value',
  'error-cell',
  'invalid-encoding',
  'nul-character',
  'required',
  'not-integer',
  'not-number',
  'not-boolean',
  'not-date',
  'not-timestamp',
  'out-of-range',
  'too-long',
  'too-short',
  'not-listed',
  'too-small',
  'too-large',
  'key-exists',
]);
export type RejectCode = z.infer<typeof rejectCode>;

export const errorCode = z.enum([...requestErrorCode.options, ...fileErrorCode.options]);
export type ErrorCode = z.infer<typeof errorCode>;

/** Values that a text may name: counts, column names, limits. Never a secret, a URL or file contents beyond one cell. */
export const errorDetails = z.record(z.string(), z.union([z.string(), z.number()]));
export type ErrorDetails = z.infer<typeof errorDetails>;

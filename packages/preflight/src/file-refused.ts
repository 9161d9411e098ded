import { HikyakuError, type PreflightFinding, type PreflightRefusal } from '@hikyaku/types';

const refusals: readonly string[] = [
  'empty-file',
  'not-csv',
  'other-format',
  'not-utf8',
  'missing-columns',
  'repeated-columns',
  'too-many-columns',
  'line-too-long',
  'unclosed-quote',
  'not-encrypted',
  'content-too-large',
  'nested-compression',
  'damaged-workbook',
  'no-date-in-name',
] satisfies PreflightRefusal[];

/** An error that says so of a file. */
export type Refusal = HikyakuError & { code: PreflightRefusal };

/** Whether it is the file that is at fault, and not the reading of it. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof HikyakuError && refusals.includes(error.code);
}

export function fileRefused({ code, details }: Pick<Refusal, 'code' | 'details'>): PreflightFinding {
  return { code: 'file-refused', level: 'refused', cause: { code, details } };
}

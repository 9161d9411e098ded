import { HikyakuError, type PreflightFinding, type PreflightRefusal } from '@hikyaku/types';

const refusals = {
  'empty-file': true,
  'not-csv': true,
  'other-format': true,
  'not-utf8': true,
  'missing-columns': true,
  'repeated-columns': true,
  'too-many-columns': true,
  'line-too-long': true,
  'unclosed-quote': true,
  'not-encrypted': true,
  'content-too-large': true,
  'nested-compression': true,
  'damaged-workbook': true,
  'no-date-in-name': true,
} satisfies Record<PreflightRefusal, true>;

/** An error that says so of a file. */
export type Refusal = HikyakuError & { code: PreflightRefusal };

/** Whether it is the file that is at fault, and not the reading of it. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof HikyakuError && Object.hasOwn(refusals, error.code);
}

export function fileRefused({ code, details }: Pick<Refusal, 'code' | 'details'>): PreflightFinding {
  return { code: 'file-refused', level: 'refused', cause: { code, details } };
}

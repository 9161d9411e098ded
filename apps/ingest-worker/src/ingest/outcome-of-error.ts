import type { RunOutcome } from '@hikyaku/db/ledger';
import { type ErrorCode, type FileErrorCode, fileErrorCode, HikyakuError } from '@hikyaku/types';

/** The file itself is at fault: no retry can change it. */
const fileFaults = new Set<ErrorCode>([
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
  'not-encrypted',
  'unsupported-encryption',
  'damaged-encryption',
  'not-signed',
  'signature-invalid',
  'signature-untrusted',
  'damaged-compression',
  'unsupported-compression',
  'nested-compression',
  'damaged-workbook',
  'no-sheet',
  'workbook-too-large',
  'content-too-large',
  'object-missing',
  'object-deleted',
  'no-date-in-name',
  'newer-taken-in',
  'checksum-mismatch',
]);

const longestDelaySeconds = 3_600;

/** What becomes of a run that threw; undefined where another worker has it now. */
export function outcomeOfError(
  error: unknown,
  options: { attempt: number; mostAttempts: number; retrySeconds: number },
): RunOutcome | undefined {
  const failure = error instanceof HikyakuError ? error : new HikyakuError('internal', { cause: error });
  const code: FileErrorCode = fileErrorCode.safeParse(failure.code).data ?? 'internal';
  const cause = { code, details: failure.details };
  if (code === 'claim-lost') return undefined;
  if (code === 'stopped') return { kind: 'released', cause };
  if (code === 'same-content') return sameContent(failure.details['checksumSha256']);
  if (code === 'object-superseded') return { kind: 'superseded', cause };
  if (fileFaults.has(code)) return { kind: 'refused', cause };
  if (options.attempt >= options.mostAttempts) return { kind: 'failed', cause };
  const delaySeconds = Math.min(options.retrySeconds * 2 ** (options.attempt - 1), longestDelaySeconds);
  return { kind: 'retry', cause, delaySeconds };
}

/** It was read to the end to know that. */
function sameContent(checksumSha256: string | number | undefined): RunOutcome {
  return typeof checksumSha256 === 'string' ? { kind: 'same_content', checksumSha256 } : { kind: 'same_content' };
}

import { HikyakuError } from '@hikyaku/types';
import { failureOf } from '../errors/storage-failure.ts';

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the disk said, as one of ours. @param path what it was about, for people */
export function fileFailure(error: unknown, path?: string): HikyakuError {
  if (error instanceof HikyakuError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const details = { ...(path ? { path } : {}), ...(code ? { systemCode: code } : {}) };
  return failureOf(full.has(code) ? 'disk-full' : 'target-unusable', { details, cause: error });
}

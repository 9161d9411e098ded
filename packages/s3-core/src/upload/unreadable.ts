import { HikyakuError } from '@hikyaku/types';
import { failureOf } from '../errors/storage-failure.ts';

/** What was said by the file or the stream that was to be sent: not by S3. @param path of a file */
export function unreadable(cause: unknown, path?: string): HikyakuError {
  if (cause instanceof HikyakuError) return cause;
  const systemCode = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const details = { ...(path ? { path } : {}), ...(systemCode ? { systemCode } : {}) };
  return failureOf('source-unreadable', { details, cause });
}

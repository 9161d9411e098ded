import { HikyakuError } from '@hikyaku/types';

/** What the system said about a file that was to be written, as one of ours; what it isn't about stays as it is. */
export function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new HikyakuError(error.code === 'ENOSPC' ? 'disk-full' : 'target-unusable', {
    details: { path, cause: String(error.code) },
    cause: error,
  });
}

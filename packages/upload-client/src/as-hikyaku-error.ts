import { HikyakuError } from '@hikyaku/types';

/** What nobody foresaw is `internal`. */
export function asHikyakuError(error: unknown): HikyakuError {
  return error instanceof HikyakuError ? error : new HikyakuError('internal', { cause: error });
}

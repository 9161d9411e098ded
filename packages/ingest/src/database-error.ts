import { HikyakuError } from '@hikyaku/types';

/**
 * SQLSTATE classes and codes after which the same statements may succeed: connection, resources, shutdown and cancelling,
 * lock, idle transaction, deadlock, disk.
 */
const passing = /^(08|53|57P0|57014|55P03|25P03|40|58)/;

/**
 * A failure of PostgreSQL as `HikyakuError`: `database-unavailable` (retriable) or `internal`. Other errors come back as
 * they are. The original is not kept as the cause: its text holds cells of the file, and a cause ends up in logs.
 */
export function toHikyakuError(error: unknown): unknown {
  if (error instanceof HikyakuError || !(error instanceof Error)) return error;
  if (isPostgresError(error)) {
    const cause = new Error(`PostgreSQL ${error.code}${error.routine ? ` in ${error.routine}` : ''}`);
    return passing.test(error.code)
      ? new HikyakuError('database-unavailable', { retriable: true, cause })
      : new HikyakuError('internal', { cause });
  }
  if (isConnectionError(error)) return new HikyakuError('database-unavailable', { retriable: true, cause: error });
  return error;
}

/** Told by the fields of a server's ErrorResponse. */
export function isPostgresError(error: unknown): error is Error & { code: string; routine?: string } {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

const socketCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/** `pg` names a lost connection only in words. */
function isConnectionError(error: Error & { code?: unknown }): boolean {
  return (
    (typeof error.code === 'string' && socketCodes.has(error.code)) ||
    /^(Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message)
  );
}

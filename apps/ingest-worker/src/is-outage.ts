import { HikyakuError } from '@hikyaku/types';

/**
 * SQLSTATEs after which the same statement may succeed: connection, resources, shutdown, lock, conflict, disk, and a server
 * that only reads for now, such as a standby after a failover.
 */
const passingStates = /^(08|53|57|55P03|25P03|25006|40|58)/;

/** Something we need is away, and the same message can be recorded once it is back: it isn't the message's fault. */
export function isOutage(error: unknown): boolean {
  if (error instanceof HikyakuError) return error.retriable;
  if (!(error instanceof Error)) return false;
  // What a server of PostgreSQL says carries a severity; what its client says is about the connection.
  if ('severity' in error) return 'code' in error && passingStates.test(String(error.code));
  // One of several errors where a name has several addresses.
  return (
    'syscall' in error ||
    error instanceof AggregateError ||
    /^(Connection terminated|Client |timeout )/i.test(error.message)
  );
}

import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';

const failure = z.object({
  code: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  meta: z
    .object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) })
    .optional()
    .catch(undefined),
});

/** Prisma's and the operating system's codes for "the database did not answer". */
const databaseIsAway = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** SQLSTATEs after which the same call may succeed: connection, resources, shutdown, cancelling, lock, deadlock. */
const passing = /^(08|53|57P0|57014|55P03|25P03|40)/;

/** `pg` names a lost connection only in words. */
const connectionLost =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

export function toHikyakuError(error: unknown): HikyakuError {
  if (error instanceof HikyakuError) return error;
  const { data } = failure.safeParse(error);
  const sqlState = data?.meta?.driverAdapterError.cause.originalCode ?? data?.code ?? '';
  if (databaseIsAway.has(data?.code ?? '') || passing.test(sqlState) || connectionLost.test(data?.message ?? '')) {
    return new HikyakuError('database-unavailable', { retriable: true, cause: error });
  }
  return new HikyakuError('internal', { cause: error });
}

import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';

const coded = z.object({ code: z.string() });

/** Prisma's and the operating system's codes for "the database did not answer". */
const databaseIsAway = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'ECONNREFUSED', 'ECONNRESET']);

export function toHikyakuError(error: unknown): HikyakuError {
  if (error instanceof HikyakuError) return error;
  const { data } = coded.safeParse(error);
  if (data && databaseIsAway.has(data.code)) {
    return new HikyakuError('database-unavailable', { retriable: true, cause: error });
  }
  return new HikyakuError('internal', { cause: error });
}

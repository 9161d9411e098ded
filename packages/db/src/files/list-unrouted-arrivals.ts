import type { FileSummary } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { toCause } from './file-columns.ts';

export interface UnroutedArrival {
  id: string;
  bucket: string;
  key: string;
  sizeBytes: number;
  recordedAt: string;
  cause: FileSummary['cause'];
}

/** Objects that fit no dataset; to be read `asPlatform`. */
export async function listUnroutedArrivals(
  transaction: AppTransaction,
  options: { cursor?: string | undefined; limit: number },
): Promise<{ items: UnroutedArrival[]; nextCursor: string | null }> {
  const after = options.cursor ? decodeCursor(options.cursor) : undefined;
  const rows = await transaction.arrival.findMany({
    where: {
      state: 'unrouted',
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: options.limit + 1,
  });
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      bucket: row.bucket,
      key: row.key,
      sizeBytes: Number(row.sizeBytes),
      recordedAt: row.createdAt.toISOString(),
      cause: toCause(row),
    })),
    nextCursor: rows.length > options.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

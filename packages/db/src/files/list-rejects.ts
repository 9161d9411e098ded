import { errorDetails, type Reject, rejectCode } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';

/** In the order of their lines, paged by key. */
export async function listRejects(
  transaction: AppTransaction,
  fileId: string,
  options: { cursor?: string | undefined; limit: number },
): Promise<{ items: Reject[]; nextCursor: string | null }> {
  const after = /^\d{1,18}$/.test(options.cursor ?? '') ? BigInt(options.cursor ?? 0) : undefined;
  const rows = await transaction.reject.findMany({
    where: {
      arrival: { OR: [{ uploadId: fileId }, { id: fileId, uploadId: null }] },
      ...(after === undefined ? {} : { id: { gt: after } }),
    },
    // Written in the order of their lines when the run ended, so the id is that order.
    orderBy: { id: 'asc' },
    take: options.limit + 1,
  });
  const shown = rows.slice(0, options.limit);
  return {
    items: shown.map((row) => ({
      id: String(row.id),
      lineNumber: Number(row.lineNumber),
      column: row.columnName,
      code: rejectCode.parse(row.code),
      value: row.value,
      details: errorDetails.catch({}).parse(row.details),
    })),
    nextCursor: rows.length > options.limit ? String(shown.at(-1)?.id) : null,
  };
}

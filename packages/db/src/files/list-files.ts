import type { FileSummary } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { actorNames } from '../actor-names.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { toFileSummary } from './file-columns.ts';

/** Files on which a person must act: refused, failed, quarantined, or taken in with refused rows. */
export const needsSomebody: Prisma.FileWhereInput = {
  OR: [
    { uploadState: 'refused', arrivalState: null },
    { arrivalState: { in: ['refused', 'failed', 'quarantined'] } },
    { arrivalState: 'taken_in', rowsRejected: { gt: 0 } },
  ],
};

/** Newest first, paged by key. */
export async function listFiles(
  transaction: AppTransaction,
  options: {
    cursor?: string | undefined;
    limit: number;
    needsYou?: boolean | undefined;
    /** Leaves out what foreign clients put. */
    uploadsOnly?: boolean | undefined;
    /** Of these alone. */
    datasetSlugs?: readonly string[] | undefined;
  },
): Promise<{ items: FileSummary[]; nextCursor: string | null }> {
  const after = options.cursor ? decodeCursor(options.cursor) : undefined;
  const rows = await transaction.file.findMany({
    where: {
      AND: [
        options.needsYou ? needsSomebody : {},
        options.uploadsOnly ? { uploadId: { not: null } } : {},
        options.datasetSlugs ? { datasetSlug: { in: [...options.datasetSlugs] } } : {},
        after
          ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: { equals: after.at }, id: { lt: after.id } }] }
          : {},
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: options.limit + 1,
  });
  const shown = rows.slice(0, options.limit);
  const names = await actorNames(transaction);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toFileSummary(row, names)),
    nextCursor: rows.length > options.limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

/** Those of the files that the transaction's organization has, by id. */
export async function findFileSummaries(
  transaction: AppTransaction,
  fileIds: string[],
): Promise<ReadonlyMap<string, FileSummary>> {
  if (fileIds.length === 0) return new Map();
  const rows = await transaction.file.findMany({ where: { id: { in: fileIds } } });
  const names = await actorNames(transaction);
  return new Map(rows.map((row) => [row.id, toFileSummary(row, names)]));
}

export async function findFileSummary(transaction: AppTransaction, fileId: string): Promise<FileSummary | undefined> {
  const row = await transaction.file.findUnique({ where: { id: fileId } });
  return row ? toFileSummary(row, await actorNames(transaction)) : undefined;
}

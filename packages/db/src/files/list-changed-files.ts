import type { AppTransaction } from '../app-database.ts';

/** Files with timeline entries announced after `sequence`, oldest change first: what a subscriber missed. */
export async function listChangedFiles(
  transaction: AppTransaction,
  sequence: bigint,
  limit: number,
): Promise<{ fileId: string; sequence: bigint }[]> {
  const rows = await transaction.timelineEntry.findMany({
    where: { sequence: { gt: sequence } },
    orderBy: { sequence: 'asc' },
    take: limit,
    select: { sequence: true, uploadId: true, arrivalId: true },
  });
  const newest = new Map<string, bigint>();
  for (const row of rows) {
    const fileId = row.uploadId ?? row.arrivalId;
    if (!fileId || row.sequence === null) continue;
    // Taken out first, so that the map stays in the order of the last change.
    newest.delete(fileId);
    newest.set(fileId, row.sequence);
  }
  return [...newest].map(([fileId, last]) => ({ fileId, sequence: last }));
}

/** Where a subscriber that only wants what comes next begins. */
export async function newestSequence(transaction: AppTransaction): Promise<bigint> {
  const { _max: newest } = await transaction.timelineEntry.aggregate({ _max: { sequence: true } });
  return newest.sequence ?? 0n;
}

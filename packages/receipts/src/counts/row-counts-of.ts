import type { Receipt } from '../receipt.ts';

/** The counts of a receipt by the names they have everywhere else. */
export function rowCountsOf(rows: NonNullable<Receipt['rows']>) {
  const { new: inserted, changed: updated, refused: rejected, ...rest } = rows;
  return { ...rest, inserted, updated, rejected };
}

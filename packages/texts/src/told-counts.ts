import type { RowCounts } from '@hikyaku/types';

const counts = [
  'read',
  'inserted',
  'updated',
  'unchanged',
  'repeated',
  'rejected',
  'deleted',
] as const satisfies (keyof RowCounts)[];
const rare: readonly (keyof RowCounts)[] = ['repeated', 'deleted'];

/**
 * What of a file's counts is worth a word, in the order it is told: those that add up to what was read, and what became of
 * few files only where it did.
 */
export function toldCounts(rows: RowCounts): (keyof RowCounts)[] {
  return counts.filter((count) => rows[count] > 0 || !rare.includes(count));
}

import type { Receipt } from '@hikyaku/receipts';

type Rows = NonNullable<Receipt['rows']>;

const counts = [
  'read',
  'new',
  'changed',
  'unchanged',
  'repeated',
  'refused',
  'deleted',
] as const satisfies (keyof Rows)[];
const rare: readonly (typeof counts)[number][] = ['repeated', 'deleted'];

/** What of the counts is worth a word: those that add up to what was read, and what became of few files only where it did. */
export function toldCounts(rows: Rows): (typeof counts)[number][] {
  return counts.filter((count) => rows[count] > 0 || !rare.includes(count));
}

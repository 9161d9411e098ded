import type { Receipt } from '@hikyaku/receipts';

/** Which sentence says what a receipt is about, where the outcome alone would say too little or not the truth. */
export function statementOf({ outcome, rows, cause }: Receipt) {
  if (outcome === 'taken_in' && rows && rows.refused > 0) return 'takenInWithRejects';
  // Nothing newer is in the database for it: another object stood in its place before it was read.
  if (cause?.code === 'object-superseded') return 'superseded';
  return outcome;
}

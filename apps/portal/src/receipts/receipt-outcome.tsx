'use client';

import type { Receipt } from '@hikyaku/receipts';
import { rowCountsOf } from '@hikyaku/receipts/counts';
import { StateBadge } from '@hikyaku/ui';

/** What became of the file, in the word that its own page has for it. */
export function ReceiptOutcome({ receipt: { outcome, rows, cause } }: { receipt: Receipt }) {
  return <StateBadge state={outcome} counts={rows && rowCountsOf(rows)} cause={cause} />;
}

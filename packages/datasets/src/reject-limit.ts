import type { TableDefinition } from '@hikyaku/types';

/** How many refused rows a dataset tolerates. */
export type RejectRules = Pick<TableDefinition, 'mode' | 'rejectLimit' | 'rejectLimitPercent'>;

/**
 * How many refused rows a file of so many rows may have: the count or the share of the dataset, whichever is less. None, where the
 * file takes the place of whole partitions: what is refused would be missing there, and a corrected line sent alone would be all.
 */
export function rejectLimit(definition: RejectRules, rowsRead: number): number {
  if (definition.mode === 'replace-partition') return 0;
  return Math.min(definition.rejectLimit, Math.floor((rowsRead * definition.rejectLimitPercent) / 100));
}

/** Whether a file has so many refused rows that it is refused as a whole. */
export function exceedsRejectLimit(definition: RejectRules, rows: { read: number; rejected: number }): boolean {
  return rows.rejected > rejectLimit(definition, rows.read);
}

import type { ArrivalState } from './states.ts';

/** What a receipt may tell of: settled, and the truth is known. A file that waits for a person is none of them yet. */
const receiptedStates = [
  'taken_in',
  'stored',
  'duplicate',
  'same_content',
  'stale',
  'superseded',
  'refused',
] as const satisfies ArrivalState[];
export type ReceiptedState = (typeof receiptedStates)[number];

export function isReceipted(state: ArrivalState): state is ReceiptedState {
  return (receiptedStates as readonly ArrivalState[]).includes(state);
}

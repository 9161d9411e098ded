import type { FileState } from '@hikyaku/types';

/** What a state asks of the reader: nothing yet, patience, nothing more, nothing at all, or to act. */
export type FileStateTone = 'working' | 'waiting' | 'done' | 'skipped' | 'act';

const tones = {
  sending: 'working',
  cancelled: 'skipped',
  expired: 'skipped',
  received: 'working',
  waiting: 'waiting',
  taking_in: 'working',
  taken_in: 'done',
  stored: 'done',
  already_taken_in: 'skipped',
  newer_kept: 'skipped',
  refused: 'act',
  quarantined: 'act',
  unrouted: 'waiting',
  failed: 'act',
} as const satisfies Record<FileState, FileStateTone>;

/** The colour of a state: indigo, amber, green, grey and vermilion in the order of the union. Show an icon and the word too. */
export function fileStateTone(state: FileState): FileStateTone {
  return tones[state];
}

import type { FileState } from '@hikyaku/types';
import { fileStateTone } from '@hikyaku/texts';

/** The file still moves by itself. (`isSettled` of the contracts says the same; it would bring their schemas along.) */
export function isGoing(state: FileState): boolean {
  return fileStateTone(state) === 'working' || state === 'waiting';
}

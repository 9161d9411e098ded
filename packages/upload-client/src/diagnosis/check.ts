import type { ConnectionCertainty, ConnectionCheck, ConnectionFinding } from '@hikyaku/types';
import type { ServerWord, UploadSurroundings } from './upload-surroundings.ts';

/** What a check works on. */
export interface Patient extends UploadSurroundings {
  /** There once the check `server` is well. */
  heard?: HeardWord;
}

/** The server's word, and what the device's clock said before and after it came. */
export interface HeardWord extends ServerWord {
  askedAt: Date;
  heardAt: Date;
}

export type Outcome = Pick<ConnectionFinding, 'state'> &
  Partial<Pick<ConnectionFinding, 'reason' | 'certainty' | 'details'>>;

/** One look at one thing. Has to end soon after the signal aborts, whose only reason here is that time is up. */
export interface Check {
  id: ConnectionCheck;
  /** Skipped where one of them failed. */
  standsOn: readonly ConnectionCheck[];
  timeoutSeconds: number;
  look: (patient: Patient, signal: AbortSignal) => Promise<Outcome>;
}

export const well = (details: ConnectionFinding['details'] = {}): Outcome => ({ state: 'ok', details });

export const failed = (
  reason: NonNullable<ConnectionFinding['reason']>,
  certainty: ConnectionCertainty,
  details: ConnectionFinding['details'] = {},
): Outcome => ({ state: 'fail', reason, certainty, details });

/** For checks that stand on `server`. */
export function wordOf({ heard }: Patient): HeardWord {
  if (!heard) throw new Error('the check stands on one that was not done');
  return heard;
}

import type { Wrapping } from '../sample-file.ts';

/** A file that is wrong in one way, and what has to become of it. Other packages' generators fit in here. */
export interface PoisonFile {
  /** What is wrong with it. */
  name: string;
  fileName: string;
  bytes: Buffer;
  wrapping: Wrapping;
  expected:
    | { state: 'refused'; cause?: string }
    /** The good rows by key, as `name|amount|day`, and how many lines are refused. */
    | { state: 'taken_in'; rows: Map<number, string>; rejected: number };
}

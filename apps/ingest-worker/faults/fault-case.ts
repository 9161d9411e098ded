import type { Sent } from './check-dataset.ts';
import type { FaultHouse } from './fault-house.ts';

/** One case: what is sent, and what breaks while it is taken in. The runner waits for the end and looks at what is there. */
export interface FaultCase {
  /** Of the goals, such as `R1`. */
  suite: string;
  name: string;
  seed: number;
  /** How many it counts for; 1 unless given. */
  cases?: number;
  /** Resolves when the fault has happened and everything is in order again. */
  play(house: FaultHouse): Promise<Played>;
}

export interface Played {
  /** Each dataset's table is compared with what these files make of it. */
  sent: Sent[];
  /** Beyond the invariants of all cases. */
  violations?: string[];
}

export interface CaseResult {
  suite: string;
  name: string;
  seed: number;
  cases: number;
  files: number;
  lost: number;
  doubled: number;
  stale: number;
  unsettled: number;
  violations: string[];
  /** How many arrivals ended in each state. */
  states: Record<string, number>;
  seconds: number;
}

import type { BenchRow } from './bench-row.ts';
import type { PairsResult } from './run-pairs.ts';

/** The table's line for two that ran in turn: met where the median ratio is the goal or more, else with what limits it. */
export function pairRow(pair: {
  goalId: string;
  what: string;
  peer: string;
  result: PairsResult;
  goalRatio: number;
  /** In other words than as a ratio. */
  goal?: string;
  limitedBy: string;
}): BenchRow {
  const { goalId, what, peer, result, goalRatio, goal = `≥ ${goalRatio}×`, limitedBy } = pair;
  const isMet = result.ratio.median >= goalRatio;
  return {
    goalId,
    what,
    peer,
    ours: result.oursSeconds,
    theirs: result.peerSeconds,
    unit: 's',
    ratio: result.ratio,
    goal,
    isMet,
    ...(isMet ? {} : { limitedBy }),
  };
}

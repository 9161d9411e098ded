import type { BenchLine, UnmeasuredRow } from './bench-row.ts';

/** Of the goals that a bench measures those that it told nothing of. */
export function notMeasured(goalIds: readonly string[], told: readonly BenchLine[], reason: string): UnmeasuredRow[] {
  return goalIds
    .filter((goalId) => !told.some((row) => row.goalId === goalId))
    .map((goalId) => ({ goalId, notMeasured: reason }));
}

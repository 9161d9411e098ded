import type { CellHint, PreflightFault, RejectCode } from '@hikyaku/types';

/** Columns times codes that are counted apart. */
const mostSorts = 500;

/** Faults of one sort in one column. */
export interface FaultSort {
  /** The header cell; null where whole lines are at fault. */
  column: string | null;
  code: RejectCode;
  count: number;
  /** The first of them. */
  example: PreflightFault;
  /** How many of them are written in a way that has a hint, by hint. */
  hints: Partial<Record<CellHint, number>>;
}

/** Gathers faults: the first ones as they are, all of them counted by column and sort. */
export class FaultSummary {
  readonly first: PreflightFault[] = [];
  readonly #mostFaults: number;
  readonly #sorts = new Map<string, FaultSort>();

  constructor(mostFaults = 100) {
    this.#mostFaults = mostFaults;
  }

  add(faults: readonly PreflightFault[]): void {
    for (const fault of faults) {
      if (this.first.length < this.#mostFaults) this.first.push(fault);
      const sort = this.#sortOf(fault);
      if (!sort) continue;
      sort.count++;
      if (fault.hint) sort.hints[fault.hint.code] = (sort.hints[fault.hint.code] ?? 0) + 1;
    }
  }

  /** The most frequent first. */
  get sorts(): FaultSort[] {
    return [...this.#sorts.values()].toSorted((a, b) => b.count - a.count);
  }

  #sortOf(fault: PreflightFault): FaultSort | undefined {
    const name = `${fault.code} ${fault.column ?? ''}`;
    const known = this.#sorts.get(name);
    if (known || this.#sorts.size === mostSorts) return known;
    const sort: FaultSort = { column: fault.column, code: fault.code, count: 0, example: fault, hints: {} };
    this.#sorts.set(name, sort);
    return sort;
  }
}

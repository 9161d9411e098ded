import type { PreflightFault } from '@hikyaku/types';

/** Gathers faults: the first ones as they are, all of them counted. */
export class FaultSummary {
  readonly first: PreflightFault[] = [];
  count = 0;
  readonly #mostFaults: number;

  constructor(mostFaults = 100) {
    this.#mostFaults = mostFaults;
  }

  add(faults: readonly PreflightFault[]): void {
    this.count += faults.length;
    this.first.push(...faults.slice(0, this.#mostFaults - this.first.length));
  }
}

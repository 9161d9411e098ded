/** Ranges that lie side by side, from the first to the last by their place: what one GET brings. */
export interface Run {
  readonly first: number;
  /** Becomes less when another connection takes the rest over. */
  last: number;
  /** The range whose bytes are coming. */
  current: number;
  /** Seconds that the rest will take, as far as can be told. */
  secondsLeft: () => number;
  /** Hears that `last` has become less: what it still waits for may be nobody's wish any more. */
  onShortened: () => void;
}

/** Of one GET, unless ranges are larger: the file is digested in its order, and what lies too far ahead has to wait for that. */
const mostRunBytes = 32 * 1024 ** 2;
/** Of what a connection has left, half goes to another that has nothing, if it is more than this: beginning takes time, too. */
const worthTakingSeconds = 0.3;

/**
 * Deals missing ranges out to connections, in order and in runs: each costs a round trip that brings nothing, so they are as
 * long as a fair share allows. Who has nothing left takes half of what the slowest has not begun.
 */
export class RunPlan {
  readonly #missing: number[];
  readonly #connections: number;
  readonly #mostRanges: number;
  readonly #running = new Set<Run>();

  /** @param missing in ascending order */
  constructor(missing: readonly number[], plan: { connections: number; rangeBytes: number }) {
    this.#missing = [...missing];
    this.#connections = plan.connections;
    this.#mostRanges = Math.max(1, Math.floor(mostRunBytes / plan.rangeBytes));
  }

  /** Undefined where nothing is left that would be worth it. */
  take(): Run | undefined {
    const run = this.#takeMissing() ?? this.#takeOver();
    if (run) this.#running.add(run);
    return run;
  }

  /** It has come whole. */
  done(run: Run): void {
    this.#running.delete(run);
  }

  #takeMissing(): Run | undefined {
    const [first] = this.#missing;
    if (first === undefined) return undefined;
    const wanted = Math.min(this.#mostRanges, this.#fairShare());
    let count = 1;
    while (count < wanted && this.#missing[count] === first + count) count += 1;
    this.#missing.splice(0, count);
    return runOf(first, first + count - 1);
  }

  /** Of all that has not come yet, so that all connections end at once. */
  #fairShare(): number {
    let left = this.#missing.length;
    for (const run of this.#running) left += run.last - run.current + 1;
    return Math.ceil(left / this.#connections);
  }

  #takeOver(): Run | undefined {
    const slowest = [...this.#running]
      .filter((run) => run.last > run.current)
      .toSorted((a, b) => b.secondsLeft() - a.secondsLeft())[0];
    if (!slowest || slowest.secondsLeft() < worthTakingSeconds) return undefined;
    const taken = Math.ceil((slowest.last - slowest.current) / 2);
    const run = runOf(slowest.last - taken + 1, slowest.last);
    slowest.last -= taken;
    slowest.onShortened();
    return run;
  }
}

function runOf(first: number, last: number): Run {
  return { first, last, current: first, secondsLeft: () => 0, onShortened: () => undefined };
}

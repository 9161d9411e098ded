/**
 * How much may be tried again, over all that share it: where much goes wrong at once, trying everything again is what keeps
 * a service down. As in the SDK's standard mode, what succeeds earns a little of it back.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export interface RetryBudget {
  /** Takes the price of one more try; false where it isn't there. */
  take(): boolean;
  /** Something succeeded. */
  earn(): void;
  /** Tries left. */
  readonly left: number;
}

/** @param options.tries at the beginning and at most, default 100; `earnedPerSuccess` of a try, default 0.2 */
export function createRetryBudget(options: { tries?: number; earnedPerSuccess?: number } = {}): RetryBudget {
  const { tries = 100, earnedPerSuccess = 0.2 } = options;
  let left = tries;
  return {
    get left() {
      return left;
    },
    take() {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    earn() {
      left = Math.min(tries, left + earnedPerSuccess);
    },
  };
}

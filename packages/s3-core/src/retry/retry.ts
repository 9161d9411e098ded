import { setTimeout as delay } from 'node:timers/promises';
import { type HikyakuError, storageErrorCode } from '@hikyaku/types';
import { storageFailure } from '../errors/storage-failure.ts';
import { type RetryClass, storageFailures } from '../errors/storage-failures.ts';
import type { RetryBudget } from './retry-budget.ts';
import { retryDelayMilliseconds } from './retry-delay.ts';

export interface RetryOptions {
  budget: RetryBudget;
  /** Tries without any progress before it is given up, the first one too. Default 6. */
  mostTries?: number;
  signal?: AbortSignal | undefined;
  /** Hears of every failure after which it is tried again. */
  onRetry?: ((event: { error: HikyakuError; failures: number; delayMilliseconds: number }) => void) | undefined;
  /** Hears of the failure it was given up for, where trying again would have made sense. */
  onGiveUp?: ((event: { error: HikyakuError; failures: number }) => void) | undefined;
  /** From 0 to 1. */
  random?: () => number;
}

/**
 * Does it until it succeeds, cannot succeed any more, was tried too often, or the budget is spent. `attempt` calls
 * `progressed` when it got somewhere: what failed after that is a first failure again.
 *
 * @example
 * const head = await retry(() => client.send(new HeadObjectCommand(object)), { budget: createRetryBudget() });
 *
 * @throws HikyakuError of `storageErrorCode`; the signal's reason where it was aborted
 */
export async function retry<T>(attempt: (progressed: () => void) => Promise<T>, options: RetryOptions): Promise<T> {
  const { budget, mostTries = 6, signal, random = Math.random } = options;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const result = await attempt(() => {
        failures = 0;
      });
      budget.earn();
      return result;
    } catch (cause) {
      signal?.throwIfAborted();
      const error = storageFailure(cause);
      const again = retryClassOf(error);
      failures += 1;
      if (again === 'never') throw error;
      if (failures >= mostTries || !budget.take()) {
        options.onGiveUp?.({ error, failures });
        throw error;
      }
      const delayMilliseconds = retryDelayMilliseconds(again, failures, random);
      options.onRetry?.({ error, failures, delayMilliseconds });
      await delay(delayMilliseconds, undefined, signal ? { signal } : {}).catch((aborted: unknown) => {
        throw signal?.aborted ? signal.reason : aborted;
      });
    }
  }
}

/** Of a code that isn't storage's, what the error itself says. */
function retryClassOf(error: HikyakuError): RetryClass {
  const code = storageErrorCode.safeParse(error.code).data;
  if (code) return storageFailures[code].retry;
  return error.retriable ? 'soon' : 'never';
}

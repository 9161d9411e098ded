import { HikyakuError, untilAborted } from '@hikyaku/types';
import type { UploadPatience } from './upload-patience.ts';
import { wait } from './wait.ts';

/**
 * Does the work again while its error is retriable and tries are left; ends at once with the signal's reason. Without a network it
 * waits for one, and then has all its tries before it.
 */
export async function retry<T>(work: () => Promise<T>, patience: UploadPatience, signal: AbortSignal): Promise<T> {
  const { connectivity, maxTries } = patience;
  for (let tries = 1; ; tries++) {
    try {
      return await untilAborted(work(), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isRetriable(error)) throw error;
      if (!connectivity.isOnline()) {
        await connectivity.untilOnline(signal);
        tries = 0;
        continue;
      }
      if (tries >= maxTries) throw error;
    }
    await wait(delaySeconds(tries, patience), signal);
  }
}

function isRetriable(error: unknown): boolean {
  return error instanceof HikyakuError && error.retriable;
}

/** Half of it by chance: browsers that lost the same network together must not come back together. */
function delaySeconds(tries: number, { firstDelaySeconds, longestDelaySeconds }: UploadPatience): number {
  const longest = Math.min(firstDelaySeconds * 2 ** (tries - 1), longestDelaySeconds);
  return longest * (0.5 + Math.random() / 2);
}

/** Counts attempts by key in windows of a minute. Holds the keys of one window, and of those at most so many. */
export interface AttemptLimit {
  /** Counts one; seconds to wait where it was one too many, else undefined. */
  attempt: (key: string) => number | undefined;
}

const windowMilliseconds = 60_000;
const mostKeys = 20_000;

export function createAttemptLimit(options: { perMinute: number; now?: () => number }): AttemptLimit {
  const now = options.now ?? Date.now;
  let begin = now();
  let counts = new Map<string, number>();
  const current = () => {
    if (now() - begin >= windowMilliseconds) {
      begin = now();
      counts = new Map();
    }
    return counts;
  };
  const secondsLeft = () => Math.max(1, Math.ceil((begin + windowMilliseconds - now()) / 1_000));
  return {
    attempt(key) {
      const window = current();
      const count = (window.get(key) ?? 0) + 1;
      // Beyond that somebody makes keys up: those seen first stay counted.
      if (window.has(key) || window.size < mostKeys) window.set(key, count);
      return count > options.perMinute ? secondsLeft() : undefined;
    },
  };
}

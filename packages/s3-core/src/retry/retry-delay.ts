import type { RetryClass } from '../errors/storage-failures.ts';

const first: Readonly<Record<Exclude<RetryClass, 'never'>, number>> = { soon: 50, slower: 500 };
const longestMilliseconds = 20_000;

/**
 * How long to wait before trying again: anything up to a limit that doubles with each failure, so that those who failed
 * together don't come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function retryDelayMilliseconds(
  retry: Exclude<RetryClass, 'never'>,
  failures: number,
  random: () => number = Math.random,
): number {
  return random() * Math.min(first[retry] * 2 ** Math.min(failures - 1, 16), longestMilliseconds);
}

/** Ranges that lie side by side, from the first to the last by their place: what one GET brings. */
export interface Run {
  first: number;
  last: number;
}

/** Of one GET, unless ranges are larger. */
const mostRunBytes = 128 * 1024 ** 2;

/**
 * Takes the next run from the missing ranges, of which it leaves the rest: half of a fair share. So the requests are long while
 * much is left, when each costs a round trip that brings nothing, and short in the end, when nobody should wait for one.
 *
 * @param missing in ascending order
 * @returns undefined where nothing is left
 */
export function takeRun(missing: number[], plan: { connections: number; rangeBytes: number }): Run | undefined {
  const [first] = missing;
  if (first === undefined) return undefined;
  const most = Math.max(1, Math.floor(mostRunBytes / plan.rangeBytes));
  const wanted = Math.min(most, Math.ceil(missing.length / (2 * plan.connections)));
  let count = 1;
  while (count < wanted && missing[count] === first + count) count += 1;
  missing.splice(0, count);
  return { first, last: first + count - 1 };
}

import { z } from 'zod';

/** Several measurements of one thing: never one number, for no machine is quiet. */
export const spread = z.object({ median: z.number(), least: z.number(), most: z.number(), count: z.int() });
export type Spread = z.infer<typeof spread>;

/** @throws RangeError of no values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) throw new RangeError('there is no spread of nothing');
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? least) + (sorted[Math.ceil(middle)] ?? most)) / 2;
  return { median, least, most, count: sorted.length };
}

import { z } from 'zod';
import { spread } from './spread.ts';

/** One line of the table: what was measured, against what, and how good it has to be. */
const benchRow = z.object({
  /** Of the goals, such as `P1`. */
  goalId: z.string(),
  what: z.string(),
  /** A program, or a limit. */
  peer: z.string(),
  ours: spread,
  theirs: spread.optional(),
  /** `KB` of 1,000 bytes; none for what is a mere number. */
  unit: z.enum(['s', 'ms', 'MiB', 'KB', '']),
  /** Of the pair, or of the limit to us: how many times as good as asked or as the peer. */
  ratio: spread.optional(),
  goal: z.string(),
  isMet: z.boolean(),
  /** Where the goal is missed, what limits it. */
  limitedBy: z.string().optional(),
});
export type BenchRow = z.infer<typeof benchRow>;

/** A goal that should have been measured, and why it was not. */
const unmeasuredRow = z.object({ goalId: z.string(), notMeasured: z.string() });
export type UnmeasuredRow = z.infer<typeof unmeasuredRow>;

/** What a bench tells, a line of JSON each. */
export const benchLine = z.union([unmeasuredRow, benchRow]);
export type BenchLine = z.infer<typeof benchLine>;

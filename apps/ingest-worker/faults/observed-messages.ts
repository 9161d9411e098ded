import { z } from 'zod';
import { runPoints } from '../src/run-points.ts';

/** What a worker asks whoever started it: whether it may go on, or where half of a file is. */
export const question = z.object({
  number: z.int(),
  kind: z.enum(['reach', 'half']),
  point: z.enum(runPoints),
  objectKey: z.string(),
});
export type Question = z.infer<typeof question>;

/** `half` in bytes; absent where nobody waits for that point. */
export const reply = z.object({ number: z.int(), half: z.number().optional() });
export type Reply = z.infer<typeof reply>;

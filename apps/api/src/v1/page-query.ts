import { z } from 'zod';

/** Which page of a list: what routes with a `nextCursor` take. */
export function pageQuery({ mostItems, usualItems }: { mostItems: number; usualItems: number }) {
  return z.object({
    cursor: z
      .string()
      .max(400)
      .optional()
      .meta({ ja: '前の答えの nextCursor', en: 'The nextCursor of the last answer' }),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(mostItems)
      .default(usualItems)
      .meta({ ja: `件数（1〜${mostItems}）`, en: `How many (1 to ${mostItems})` }),
  });
}

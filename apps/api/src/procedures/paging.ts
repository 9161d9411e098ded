import { z } from 'zod';

/** Lists are paged by key: `cursor` is the previous page's `nextCursor`. */
export const paging = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(50),
});

import { z } from 'zod';

export const uploadPath = z.object({ uploadId: z.uuid() });

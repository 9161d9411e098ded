import { z } from 'zod';

/** What the harness gives the worker, as far as a peer wants it. */
export const peerEnvironment = z.object({
  DATABASE_URL: z.string(),
  SCHEMA: z.string(),
  SQS_QUEUE_URL: z.string(),
  REDIS_URL: z.string().optional(),
  AWS_REGION: z.string(),
});

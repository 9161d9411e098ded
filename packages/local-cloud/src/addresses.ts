import { z } from 'zod';

const accessKey = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/**
 * Where a running local cloud answers, as plain data: whoever holds it, in any process of this machine, can use the cloud.
 * It holds secrets.
 */
export const localCloudAddresses = z.object({
  dataFolder: z.string(),
  s3: z
    .object({ endpoint: z.url(), browserEndpoint: z.url(), region: z.string(), admin: accessKey, kmsKeyId: z.string() })
    .optional(),
  postgres: z.object({ port: z.int(), superuserPassword: z.string() }).optional(),
  sqs: z.object({ endpoint: z.url(), region: z.string() }).optional(),
  events: z.object({ url: z.url() }).optional(),
  mail: z.object({ smtpUrl: z.string(), mailFolder: z.string() }).optional(),
  redis: z.object({ url: z.string() }).optional(),
});

export type LocalCloudAddresses = z.infer<typeof localCloudAddresses>;

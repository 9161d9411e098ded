import type { PresignedPut } from '@hikyaku/s3-core/presign';
import { z } from 'zod';

/** What the browser needs for one PUT straight to S3: every header exactly so. */
export const presignedPut = z.object({
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
});

export const uploadId = z.object({ uploadId: z.uuid() });

export function toPresignedPut({ url, headers, expiresAt }: PresignedPut): z.infer<typeof presignedPut> {
  return { url, headers, expiresAt: expiresAt.toISOString() };
}

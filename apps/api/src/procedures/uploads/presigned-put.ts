import { z } from 'zod';

/** What the browser needs for one PUT straight to S3: every header exactly so. */
export const presignedPut = z.object({
  url: z.url(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
});

export const uploadId = z.object({ uploadId: z.uuid() });

export function toPresignedPut(put: { url: string; headers: Record<string, string>; expiresAt: Date }) {
  return { ...put, expiresAt: put.expiresAt.toISOString() };
}

import { z } from 'zod';

/**
 * EventBridge's "Object Created" as S3 sends it, keys not URL-encoded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const envelope = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      key: z.string().min(1).max(1_024),
      size: z.int().min(0).optional(),
      etag: z.string().optional(),
      'version-id': z.string().optional(),
      sequencer: z.string().optional(),
    }),
  }),
});

export interface ObjectCreated {
  bucket: string;
  key: string;
  sizeBytes: number | undefined;
  etag: string | undefined;
  versionId: string | undefined;
  sequencer: string | undefined;
}

/** Undefined for whatever isn't such an event: it is left to the DLQ. */
export function parseObjectCreated(body: string | undefined): ObjectCreated | undefined {
  const parsed = envelope.safeParse(parseJson(body));
  if (!parsed.success) return undefined;
  const { bucket, object } = parsed.data.detail;
  return {
    bucket: bucket.name,
    key: object.key,
    sizeBytes: object.size,
    // An empty string is a store's way of saying that it doesn't know.
    etag: object.etag?.replace(/^"|"$/g, '') || undefined,
    versionId: object['version-id'] || undefined,
    sequencer: object.sequencer || undefined,
  };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

import { z } from 'zod';

/**
 * What the gateway pushes for one change. Its key is not URL-encoded, unlike that of S3's own notifications; `versionId` is ''
 * where it does not know the version (CompleteMultipartUpload, CopyObject).
 * https://docs.ceph.com/en/pacific/radosgw/s3-notification-compatibility/
 */
const gatewayEvent = z.object({
  eventName: z.string(),
  eventTime: z.string(),
  userIdentity: z.object({ principalId: z.string() }),
  requestParameters: z.object({ sourceIPAddress: z.string() }),
  responseElements: z.object({ 'x-amz-request-id': z.string() }),
  s3: z.object({
    bucket: z.object({ name: z.string().min(1), arn: z.string() }),
    object: z.object({
      key: z.string().min(1),
      size: z.number().int().nonnegative(),
      eTag: z.string(),
      versionId: z.string(),
      sequencer: z.string(),
    }),
  }),
});

export type GatewayEvent = z.infer<typeof gatewayEvent>;

const gatewayNotification = z.object({ Records: z.array(gatewayEvent).min(1) });

export type ParsedNotification = { ok: true; events: GatewayEvent[] } | { ok: false; problem: string };

export function parseGatewayNotification(body: string): ParsedNotification {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, problem: 'the body is not JSON' };
  }
  const parsed = gatewayNotification.safeParse(value);
  return parsed.success
    ? { ok: true, events: parsed.data.Records }
    : { ok: false, problem: z.prettifyError(parsed.error) };
}

/** The same for both pushes of one event: a request does one thing to one version of one object. */
export function eventIdentity({ eventName, responseElements, s3: { bucket, object } }: GatewayEvent): string {
  return JSON.stringify([responseElements['x-amz-request-id'], eventName, bucket.name, object.key, object.versionId]);
}

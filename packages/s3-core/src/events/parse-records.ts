import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import type { ObjectEvent, ParsedMessage } from './parse-message.ts';

/**
 * S3's own notification, sent to the queue without EventBridge between: one or more records, keys URL-encoded as in a form.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
const notification = z.object({ Records: z.array(z.unknown()).min(1) });

const record = z.object({
  eventSource: z.literal('aws:s3'),
  eventName: z.string(),
  eventTime: eventFields.at,
  s3: z.object({
    bucket: z.object({ name: eventFields.bucket }),
    object: z.object({
      key: z.string().transform(decodeKey).pipe(eventFields.key),
      size: eventFields.size,
      eTag: eventFields.etag,
      versionId: eventFields.versionId,
      sequencer: eventFields.sequencer,
    }),
  }),
});

/** Undefined where it isn't such a notification at all. */
export function parseRecords(value: unknown): ParsedMessage | undefined {
  const parsed = notification.safeParse(value);
  if (!parsed.success) return undefined;
  const events: ObjectEvent[] = [];
  let unreadable = 0;
  for (const one of parsed.data.Records) {
    const event = parseRecord(one);
    if (event === 'unreadable') unreadable += 1;
    else if (event !== 'other') events.push(event);
  }
  if (events.length > 0) return { kind: 'events', events, unreadable };
  return { kind: unreadable > 0 ? 'unreadable' : 'other-event' };
}

function parseRecord(value: unknown): ObjectEvent | 'other' | 'unreadable' {
  const parsed = record.safeParse(value);
  if (!parsed.success) return 'unreadable';
  const { eventName, eventTime: at, s3 } = parsed.data;
  const [family, action = ''] = eventName.replace(/^s3:/, '').split(':');
  const { key, size, eTag: etag, versionId, sequencer } = s3.object;
  const bucket = s3.bucket.name;
  if (family === 'ObjectCreated') {
    return { kind: 'created', bucket, key, sizeBytes: size, etag, versionId, sequencer, at };
  }
  if (family === 'ObjectRemoved' || family === 'LifecycleExpiration') {
    return { kind: 'deleted', bucket, key, versionId, isPermanent: action !== 'DeleteMarkerCreated', at };
  }
  return 'other';
}

/** Empty, which no key is, for what no key was encoded to. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

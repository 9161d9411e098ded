import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import type { ParsedMessage } from './parse-message.ts';

/**
 * EventBridge's envelope of S3's events, keys not URL-encoded.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
const envelope = z.object({ source: z.literal('aws.s3'), 'detail-type': z.string() });

const detail = z.object({
  bucket: z.object({ name: eventFields.bucket }),
  object: z.object({
    key: eventFields.key,
    size: eventFields.size,
    etag: eventFields.etag,
    'version-id': eventFields.versionId,
    sequencer: eventFields.sequencer,
  }),
});
const created = z.object({ time: eventFields.at, detail });
const deleted = z.object({
  time: eventFields.at,
  detail: detail.extend({ 'deletion-type': z.enum(['Permanently Deleted', 'Delete Marker Created']) }),
});

/** Undefined where it isn't this envelope at all. */
export function parseEventBridge(value: unknown): ParsedMessage | undefined {
  const type = envelope.safeParse(value);
  if (!type.success) return undefined;
  switch (type.data['detail-type']) {
    case 'Object Created':
      return parseCreated(value);
    case 'Object Deleted':
      return parseDeleted(value);
    default:
      return type.data['detail-type'].startsWith('Object ') ? { kind: 'other-event' } : { kind: 'unreadable' };
  }
}

function parseCreated(value: unknown): ParsedMessage {
  const parsed = created.safeParse(value);
  if (!parsed.success) return { kind: 'unreadable' };
  const { time: at, detail: told } = parsed.data;
  const { bucket, object } = told;
  const { key, size, etag, 'version-id': versionId, sequencer } = object;
  return {
    kind: 'events',
    events: [{ kind: 'created', bucket: bucket.name, key, sizeBytes: size, etag, versionId, sequencer, at }],
    unreadable: 0,
  };
}

function parseDeleted(value: unknown): ParsedMessage {
  const parsed = deleted.safeParse(value);
  if (!parsed.success) return { kind: 'unreadable' };
  const { time: at, detail: told } = parsed.data;
  const { key, 'version-id': versionId } = told.object;
  const isPermanent = told['deletion-type'] === 'Permanently Deleted';
  return {
    kind: 'events',
    events: [{ kind: 'deleted', bucket: told.bucket.name, key, versionId, isPermanent, at }],
    unreadable: 0,
  };
}

import { z } from 'zod';
import { parseEventBridge } from './parse-event-bridge.ts';
import { parseRecords } from './parse-records.ts';

export interface ObjectCreated {
  kind: 'created';
  bucket: string;
  key: string;
  sizeBytes: number | undefined;
  etag: string | undefined;
  versionId: string | undefined;
  sequencer: string | undefined;
  /** To the second where EventBridge brings it, else to the millisecond. */
  at: Date;
}

interface ObjectDeleted {
  kind: 'deleted';
  bucket: string;
  key: string;
  /** Of what was deleted for good, or of the marker; undefined in a bucket without versions. */
  versionId: string | undefined;
  /** The version is gone for good; else a marker hides it, and it can still be read by its id. */
  isPermanent: boolean;
  at: Date;
}

export type ObjectEvent = ObjectCreated | ObjectDeleted;

/** What a body of the queue says. */
export type ParsedMessage =
  /** `unreadable` records beside those that could be read leave the message to the DLQ, but hold nothing up. */
  | { kind: 'events'; events: ObjectEvent[]; unreadable: number }
  /** S3 tries out a new notification. */
  | { kind: 'test-event' }
  /** An event of S3 that makes and deletes nothing: tags, restores, storage classes. */
  | { kind: 'other-event' }
  | { kind: 'unreadable' };

/** More than two envelopes around an event nobody sends. */
const mostEnvelopes = 3;

const snsEnvelope = z.object({ Type: z.literal('Notification'), Message: z.string() });
const testEvent = z.object({ Service: z.literal('Amazon S3'), Event: z.literal('s3:TestEvent') });

/**
 * Reads a message of a queue, told by S3: EventBridge's envelope, S3's own notification with one or more records, either of them
 * wrapped by SNS, and S3's test event. Untrusted: whatever it is, this returns.
 */
export function parseMessage(body: string | undefined): ParsedMessage {
  let value = parseJson(body);
  for (let envelopes = 0; envelopes < mostEnvelopes; envelopes += 1) {
    const wrapped = snsEnvelope.safeParse(value);
    if (!wrapped.success) break;
    value = parseJson(wrapped.data.Message);
  }
  if (testEvent.safeParse(value).success) return { kind: 'test-event' };
  return parseEventBridge(value) ?? parseRecords(value) ?? { kind: 'unreadable' };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

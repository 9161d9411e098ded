import * as fc from 'fast-check';
import type { ParsedMessage } from '@hikyaku/s3-core/events';

/** A body as it may come over the queue, and what it has to be taken for. */
export interface MessageBody {
  body: string;
  expected: 'arrival' | 'deletion' | 'test-event' | 'other-event' | 'unreadable';
}

const largestBodyBytes = 256 * 1_024;
const chunk = 500;

const byte = fc.integer({ min: 0, max: 255 });
const randomBytes = fc.array(byte, { maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const version = fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/);
const etag = fc.stringMatching(/^[0-9a-f]{32}(-[0-9]{1,4})?$/);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{2,30}$/);
/** Well-formed, of any script; what PostgreSQL can't keep stands among the unreadable. */
const key = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => !text.includes('\0') && Buffer.byteLength(text) <= 1_000);
const moment = fc.constantFrom('2026-11-22T05:00:00Z', '2026-11-22T05:00:00.123Z');

const created = fc.record({ bucket: name, key, etag, version, size: fc.nat() }).map((o) => ({
  version: '0',
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: {
    bucket: { name: o.bucket },
    object: { key: o.key, size: o.size, etag: o.etag, 'version-id': o.version, sequencer: '00' },
    reason: 'PutObject',
  },
}));
const deleted = fc
  .record({
    bucket: name,
    key,
    version: fc.option(version),
    time: moment,
    type: fc.constantFrom('Permanently Deleted', 'Delete Marker Created'),
  })
  .map((o) => ({
    source: 'aws.s3',
    'detail-type': 'Object Deleted',
    time: o.time,
    detail: {
      bucket: { name: o.bucket },
      object: { key: o.key, 'version-id': o.version },
      'deletion-type': o.type,
    },
  }));
const record = (eventName: string) =>
  fc.record({ bucket: name, key, etag, version, size: fc.nat(), time: moment }).map((o) => ({
    eventSource: 'aws:s3',
    eventName,
    eventTime: o.time,
    s3: {
      bucket: { name: o.bucket },
      object: {
        key: encodeURIComponent(o.key).replaceAll('%20', '+'),
        size: o.size,
        eTag: o.etag,
        versionId: o.version,
      },
    },
  }));
const records = (eventName: string) =>
  fc.array(record(eventName), { minLength: 1, maxLength: 4 }).map((Records) => ({ Records }));

const throughSns = (value: unknown) => ({ Type: 'Notification', MessageId: 'x', Message: JSON.stringify(value) });
const wrapped = (value: fc.Arbitrary<unknown>) => fc.oneof(value, value.map(throughSns));

const body = (expected: MessageBody['expected'], value: fc.Arbitrary<unknown>): fc.Arbitrary<MessageBody> =>
  wrapped(value).map((one) => ({ body: JSON.stringify(one), expected }));
const raw = (text: fc.Arbitrary<string>): fc.Arbitrary<MessageBody> =>
  text.map((one) => ({ body: one, expected: 'unreadable' as const }));

/** A good event with one thing about it that makes it none. */
const spoilt = fc
  .tuple(
    created,
    fc.constantFrom<(event: Record<string, unknown>) => unknown>(
      (event) => ({ ...event, source: 'aws.s4' }),
      (event) => ({ ...event, 'detail-type': 'Bucket Created' }),
      (event) => ({ ...event, detail: null }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: '' } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: 'a\0b' } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: '\ud800' } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: '漢'.repeat(400) } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: 'a', size: -1 } } }),
      (event) => ({ ...event, detail: { bucket: { name: 'b' }, object: { key: 'a', size: '1' } } }),
      (event) => ({ ...event, 'detail-type': 'Object Deleted' }),
      (event) => [event],
      (event) => ({ Records: event }),
      (event) => ({ Records: [event] }),
      (event) => throughSns(throughSns(throughSns(throughSns(event)))),
    ),
  )
  .map(([event, spoil]) => spoil(event));

const unreadable = fc.oneof(
  raw(randomBytes),
  raw(fc.string({ unit: 'binary', maxLength: 200 })),
  raw(fc.json().filter((text) => !text.includes('"Event"'))),
  raw(fc.constantFrom('', ' ', 'null', '0', '"', '{', '[]', '{}', '{"Records":[]}', '{"Records":{}}', '\ufeff{}')),
  raw(fc.integer({ min: 1, max: 60_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth))),
  raw(fc.integer({ min: 1, max: 20_000 }).map((depth) => '{"detail":'.repeat(depth) + '1' + '}'.repeat(depth))),
  raw(created.map((event) => `{"__proto__":${JSON.stringify(event)}}`)),
  raw(created.map((event) => `{"constructor":{"prototype":${JSON.stringify(event)}}}`)),
  raw(created.map((event) => JSON.stringify(event).slice(0, -3))),
  spoilt.map((event) => ({ body: JSON.stringify(event), expected: 'unreadable' as const })),
  fc.constantFrom('%', '%zz', '%00', '%ed%a0%80', '').map((encoded) => ({
    body: JSON.stringify({
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: 'b' }, object: { key: encoded } },
        },
      ],
    }),
    expected: 'unreadable' as const,
  })),
);

const large = fc.constantFrom<MessageBody>(
  { body: 'x'.repeat(largestBodyBytes), expected: 'unreadable' },
  { body: `"${'漢'.repeat(largestBodyBytes / 3 - 1)}"`, expected: 'unreadable' },
  { body: '['.repeat(largestBodyBytes), expected: 'unreadable' },
  {
    body: JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', padding: 'x'.repeat(200_000) }),
    expected: 'unreadable',
  },
);

const anyBody: fc.Arbitrary<MessageBody> = fc.oneof(
  { weight: 12, arbitrary: unreadable },
  { weight: 3, arbitrary: body('arrival', created) },
  {
    weight: 2,
    arbitrary: body('arrival', fc.constantFrom('ObjectCreated:Put', 's3:ObjectCreated:Copy').chain(records)),
  },
  { weight: 2, arbitrary: body('deletion', deleted) },
  {
    weight: 1,
    arbitrary: body(
      'deletion',
      fc
        .constantFrom('ObjectRemoved:Delete', 's3:ObjectRemoved:DeleteMarkerCreated', 'LifecycleExpiration:Delete')
        .chain(records),
    ),
  },
  {
    weight: 1,
    arbitrary: body(
      'test-event',
      fc.constant({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b', Time: '2026-11-22' }),
    ),
  },
  {
    weight: 1,
    arbitrary: body('other-event', fc.constant({ source: 'aws.s3', 'detail-type': 'Object Tags Added', detail: {} })),
  },
  { weight: 1, arbitrary: fc.oneof({ weight: 40, arbitrary: raw(fc.constant('?')) }, { weight: 1, arbitrary: large }) },
);

/** `count` bodies, the same ones for the same seed, without holding them all. */
export function* messageBodies(seed: number, count: number): Generator<MessageBody> {
  for (let begun = 0; begun < count; begun += chunk) {
    yield* fc.sample(anyBody, { seed: seed + begun, numRuns: Math.min(chunk, count - begun) });
  }
}

/** What the queue takes: not empty, and nothing but the characters of XML (the local one's without those beyond the BMP). */
export function fitsQueue(body: string): boolean {
  return /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]+$/.test(body);
}

/** What a parsed message was taken for, in the words of `MessageBody`. */
export function classOf(parsed: ParsedMessage): MessageBody['expected'] {
  if (parsed.kind !== 'events') return parsed.kind;
  return parsed.events[0]?.kind === 'deleted' ? 'deletion' : 'arrival';
}

import { describe, expect, test } from 'vitest';
import { parseMessage } from './parse-message.ts';

const object = { key: 'incoming/a b+%é.csv', size: 4, etag: 'e1', 'version-id': 'v1', sequencer: '00A1' };
const eventBridge = {
  version: '0',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  time: '2026-11-22T05:00:00Z',
  detail: { version: '0', bucket: { name: 'files' }, object, reason: 'PutObject' },
};
const created = {
  kind: 'created',
  bucket: 'files',
  key: 'incoming/a b+%é.csv',
  sizeBytes: 4,
  etag: 'e1',
  versionId: 'v1',
  sequencer: '00A1',
  at: new Date('2026-11-22T05:00:00Z'),
};
/** To the millisecond. */
const notified = { ...created, at: new Date('2026-11-22T05:00:00.123Z') };
const record = (eventName: string, key = 'incoming/a+b%2B%25%C3%A9.csv') => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  eventName,
  eventTime: '2026-11-22T05:00:00.123Z',
  s3: { bucket: { name: 'files' }, object: { key, size: 4, eTag: '"e1"', versionId: 'v1', sequencer: '00A1' } },
});

const parse = (value: unknown) => parseMessage(JSON.stringify(value));
const events = (...told: unknown[]) => ({ kind: 'events', events: told, unreadable: 0 });

describe('an object that was created', () => {
  test('is read from EventBridge, whose keys are plain', () => {
    expect(parse(eventBridge)).toEqual(events(created));
  });

  test("is read from S3's own notification, whose keys are encoded as in a form", () => {
    expect(parse({ Records: [record('ObjectCreated:Put')] })).toEqual(events(notified));
    expect(parse({ Records: [record('s3:ObjectCreated:CompleteMultipartUpload')] })).toEqual(events(notified));
  });

  test('is read out of an envelope of SNS', () => {
    expect(parse({ Type: 'Notification', Message: JSON.stringify(eventBridge) })).toEqual(events(created));
    const notification = JSON.stringify({ Records: [record('ObjectCreated:Put')] });
    expect(parse({ Type: 'Notification', Message: notification })).toEqual(events(notified));
  });

  test('without version, size or ETag is one whose version has to be looked up', () => {
    const told = parse({
      ...eventBridge,
      detail: { ...eventBridge.detail, object: { key: 'a', 'version-id': '', etag: '""' } },
    });
    expect(told).toEqual(
      events({
        kind: 'created',
        bucket: 'files',
        key: 'a',
        sizeBytes: undefined,
        etag: undefined,
        versionId: undefined,
        sequencer: undefined,
        at: created.at,
      }),
    );
  });
});

describe('an object that was deleted', () => {
  const { size: _size, ...named } = object;
  test.each([
    ['Permanently Deleted', true],
    ['Delete Marker Created', false],
  ])('is read from EventBridge: %s', (deletionType, isPermanent) => {
    const detail = { ...eventBridge.detail, object: named, reason: 'DeleteObject', 'deletion-type': deletionType };
    expect(parse({ ...eventBridge, 'detail-type': 'Object Deleted', detail })).toEqual(
      events({
        kind: 'deleted',
        bucket: 'files',
        key: object.key,
        versionId: 'v1',
        isPermanent,
        at: new Date('2026-11-22T05:00:00Z'),
      }),
    );
  });

  test.each([
    ['ObjectRemoved:Delete', true],
    ['ObjectRemoved:DeleteMarkerCreated', false],
    ['LifecycleExpiration:Delete', true],
    ['s3:LifecycleExpiration:DeleteMarkerCreated', false],
  ])("is read from S3's own notification: %s", (eventName, isPermanent) => {
    expect(parse({ Records: [record(eventName)] })).toMatchObject({
      events: [{ kind: 'deleted', key: object.key, versionId: 'v1', isPermanent }],
    });
  });
});

test('several records in one message are all read, in their order; one that can not be read holds none of them up', () => {
  const Records = [
    record('ObjectCreated:Put', 'a'),
    { eventSource: 'aws:s3' },
    record('ObjectTagging:Put', 'b'),
    record('ObjectRemoved:Delete', 'c'),
    record('ObjectCreated:Copy', 'd'),
  ];
  const parsed = parse({ Records });
  expect(parsed).toMatchObject({ kind: 'events', unreadable: 1 });
  expect(parsed.kind === 'events' && parsed.events.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
    'created a',
    'deleted c',
    'created d',
  ]);
});

test('a test event and events that make and delete nothing are told from what can not be read', () => {
  expect(parse({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'files' })).toEqual({ kind: 'test-event' });
  expect(parse({ ...eventBridge, 'detail-type': 'Object Restore Completed' })).toEqual({ kind: 'other-event' });
  expect(parse({ Records: [record('ObjectAcl:Put')] })).toEqual({ kind: 'other-event' });
  expect(parse({ ...eventBridge, source: 'aws.ec2' })).toEqual({ kind: 'unreadable' });
  expect(parseMessage(undefined)).toEqual({ kind: 'unreadable' });
});

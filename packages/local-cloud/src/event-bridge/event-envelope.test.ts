import { expect, test } from 'vitest';
import { createEventEnvelope } from './event-envelope.ts';
import { eventIdentity, type GatewayEvent, parseGatewayNotification } from './gateway-event.ts';

const event: GatewayEvent = {
  eventName: 'ObjectCreated:Put',
  eventTime: '2026-11-21T22:53:24.898522Z',
  userIdentity: { principalId: 'dev' },
  requestParameters: { sourceIPAddress: '' },
  responseElements: { 'x-amz-request-id': 'request-1' },
  s3: {
    bucket: { name: 'files', arn: 'arn:aws:s3:::files' },
    object: { key: 'incoming/a b+é', size: 1, eTag: '9dd4e461', versionId: 'VnEOK', sequencer: 'E420026B' },
  },
};

const withObject = (changes: Partial<GatewayEvent['s3']['object']>): GatewayEvent => ({
  ...event,
  s3: { ...event.s3, object: { ...event.s3.object, ...changes } },
});

const options = { id: '0b9b2a8e-6f0f-4a8e-8f0f-2f4c4d1f7a10', account: '000000000000', region: 'us-east-1' };

test('a gateway event becomes what EventBridge delivers', () => {
  expect(createEventEnvelope(event, options)).toEqual({
    version: '0',
    id: options.id,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: '2026-11-21T22:53:24Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::files'],
    detail: {
      version: '0',
      bucket: { name: 'files' },
      object: { key: 'incoming/a b+é', size: 1, etag: '9dd4e461', 'version-id': 'VnEOK', sequencer: 'E420026B' },
      'request-id': 'request-1',
      requester: 'dev',
      'source-ip-address': '',
      reason: 'PutObject',
    },
  });
});

test('a version the gateway does not know is left out', () => {
  const envelope = createEventEnvelope(withObject({ versionId: '' }), options);
  expect(envelope?.detail.object).not.toHaveProperty('version-id');
});

test.each([
  ['ObjectCreated:Put', 'PutObject'],
  ['s3:ObjectCreated:Post', 'POST Object'],
  ['ObjectCreated:Copy', 'CopyObject'],
  ['ObjectCreated:CompleteMultipartUpload', 'CompleteMultipartUpload'],
])('%s has the reason %s', (eventName, reason) => {
  expect(createEventEnvelope({ ...event, eventName }, options)?.detail.reason).toBe(reason);
});

test.each([
  ['ObjectRemoved:Delete', 'DeleteObject', 'Permanently Deleted'],
  ['s3:ObjectRemoved:DeleteMarkerCreated', 'DeleteObject', 'Delete Marker Created'],
  ['ObjectLifecycle:Delete', 'Lifecycle Expiration', 'Permanently Deleted'],
])('%s is a deletion by %s: %s', (eventName, reason, deletionType) => {
  const envelope = createEventEnvelope({ ...withObject({ eTag: '' }), eventName }, options);
  expect(envelope).toMatchObject({ 'detail-type': 'Object Deleted', source: 'aws.s3', time: '2026-11-21T22:53:24Z' });
  expect(envelope?.detail).toEqual({
    version: '0',
    bucket: { name: 'files' },
    object: { key: 'incoming/a b+é', 'version-id': 'VnEOK', sequencer: 'E420026B' },
    'request-id': 'request-1',
    requester: 'dev',
    'source-ip-address': '',
    reason,
    'deletion-type': deletionType,
  });
});

test.each(['ObjectRemoved:Unheard', 'ObjectCreated:Unheard', 'Put', ''])('%s is nothing', (eventName) => {
  expect(createEventEnvelope({ ...event, eventName }, options)).toBeUndefined();
});

test('a notification is read whatever else it holds, and refused when something is missing', () => {
  const body = JSON.stringify({ Records: [{ ...event, eventId: 'x' }] });
  expect(parseGatewayNotification(body)).toEqual({ ok: true, events: [event] });
  for (const wrong of ['', '[]', '{"Records":[]}', '{"Records":[{"eventName":"x"}]}']) {
    expect(parseGatewayNotification(wrong)).toMatchObject({ ok: false, problem: expect.any(String) });
  }
});

test('two pushes of one request are one event, another object is another', () => {
  expect(eventIdentity({ ...event, eventTime: 'later' })).toBe(eventIdentity(event));
  expect(eventIdentity(withObject({ key: 'incoming/b' }))).not.toBe(eventIdentity(event));
  // One request may delete several versions of one key.
  expect(eventIdentity(withObject({ versionId: 'other' }))).not.toBe(eventIdentity(event));
});

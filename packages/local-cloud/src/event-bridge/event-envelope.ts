import type { GatewayEvent } from './gateway-event.ts';

interface Envelope<DetailType extends string, Detail> {
  version: '0';
  id: string;
  'detail-type': DetailType;
  source: 'aws.s3';
  account: string;
  time: string;
  region: string;
  resources: readonly [string];
  detail: {
    version: '0';
    bucket: { name: string };
    'request-id': string;
    requester: string;
    'source-ip-address': string;
  } & Detail;
}

type ObjectCreatedEnvelope = Envelope<
  'Object Created',
  {
    object: { key: string; size: number; etag: string; 'version-id'?: string; sequencer: string };
    reason: CreatedReason;
  }
>;

type ObjectDeletedEnvelope = Envelope<
  'Object Deleted',
  {
    object: { key: string; etag?: string; 'version-id'?: string; sequencer: string };
    reason: DeletedReason;
    'deletion-type': DeletionType;
  }
>;

/**
 * An S3 event as EventBridge delivers it. Keys are not URL-encoded here either.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export type EventEnvelope = ObjectCreatedEnvelope | ObjectDeletedEnvelope;

type CreatedReason = 'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload';
type DeletedReason = 'DeleteObject' | 'Lifecycle Expiration';
type DeletionType = 'Permanently Deleted' | 'Delete Marker Created';

/** By the end of the gateway's event name, which some versions write with `s3:` before it. */
const createdReasons: Readonly<Record<string, CreatedReason>> = {
  Put: 'PutObject',
  Post: 'POST Object',
  Copy: 'CopyObject',
  CompleteMultipartUpload: 'CompleteMultipartUpload',
};

const deletedReasons: Readonly<Record<string, DeletedReason>> = {
  ObjectRemoved: 'DeleteObject',
  ObjectLifecycle: 'Lifecycle Expiration',
};

const deletionTypes: Readonly<Record<string, DeletionType>> = {
  Delete: 'Permanently Deleted',
  DeleteMarkerCreated: 'Delete Marker Created',
};

/**
 * Undefined for an event that neither creates nor deletes an object. An unknown version stays out, and whoever reads the
 * event asks with HEAD.
 */
export function createEventEnvelope(
  event: GatewayEvent,
  options: { id: string; account: string; region: string },
): EventEnvelope | undefined {
  const [family = '', action = ''] = event.eventName.replace(/^s3:/, '').split(':');
  const { bucket, object } = event.s3;
  const etag = object.eTag.replaceAll('"', '');
  const version = object.versionId === '' ? {} : { 'version-id': object.versionId };
  const { key, size, sequencer } = object;
  const shared = {
    version: '0',
    id: options.id,
    source: 'aws.s3',
    account: options.account,
    // AWS gives whole seconds.
    time: event.eventTime.replace(/\.\d+Z$/, 'Z'),
    region: options.region,
    resources: [`arn:aws:s3:::${bucket.name}`],
  } as const;
  const told = {
    version: '0',
    bucket: { name: bucket.name },
    'request-id': event.responseElements['x-amz-request-id'],
    requester: event.userIdentity.principalId,
    'source-ip-address': event.requestParameters.sourceIPAddress,
  } as const;
  const createdBy = family === 'ObjectCreated' ? createdReasons[action] : undefined;
  if (createdBy) {
    const detail = { ...told, object: { key, size, etag, ...version, sequencer }, reason: createdBy };
    return { ...shared, 'detail-type': 'Object Created', detail };
  }
  const deletedBy = deletedReasons[family];
  const deletionType = deletionTypes[action];
  if (!deletedBy || !deletionType) return undefined;
  const named = { key, ...(etag ? { etag } : {}), ...version, sequencer };
  const detail = { ...told, object: named, reason: deletedBy, 'deletion-type': deletionType };
  return { ...shared, 'detail-type': 'Object Deleted', detail };
}

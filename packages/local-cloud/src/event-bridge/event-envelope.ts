import type { GatewayEvent } from './gateway-event.ts';

/**
 * An S3 event as EventBridge delivers it. Keys are not URL-encoded here either.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export interface ObjectCreatedEnvelope {
  version: '0';
  id: string;
  'detail-type': 'Object Created';
  source: 'aws.s3';
  account: string;
  time: string;
  region: string;
  resources: [string];
  detail: {
    version: '0';
    bucket: { name: string };
    object: { key: string; size: number; etag: string; 'version-id'?: string; sequencer: string };
    'request-id': string;
    requester: string;
    'source-ip-address': string;
    reason: CreatedReason;
  };
}

type CreatedReason = 'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload';

/** By the end of the gateway's event name, which some versions write with `s3:` before it. */
const reasons: Readonly<Record<string, CreatedReason>> = {
  Put: 'PutObject',
  Post: 'POST Object',
  Copy: 'CopyObject',
  CompleteMultipartUpload: 'CompleteMultipartUpload',
};

/** Undefined for an event that creates no object. An unknown version stays out, and whoever reads the event asks with HEAD. */
export function createEventEnvelope(
  event: GatewayEvent,
  options: { id: string; account: string; region: string },
): ObjectCreatedEnvelope | undefined {
  const [kind, method = ''] = event.eventName.replace(/^s3:/, '').split(':');
  const reason = reasons[method];
  if (kind !== 'ObjectCreated' || reason === undefined) return undefined;
  const { bucket, object } = event.s3;
  return {
    version: '0',
    id: options.id,
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: options.account,
    // AWS gives whole seconds.
    time: event.eventTime.replace(/\.\d+Z$/, 'Z'),
    region: options.region,
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: object.key,
        size: object.size,
        etag: object.eTag.replaceAll('"', ''),
        ...(object.versionId === '' ? {} : { 'version-id': object.versionId }),
        sequencer: object.sequencer,
      },
      'request-id': event.responseElements['x-amz-request-id'],
      requester: event.userIdentity.principalId,
      'source-ip-address': event.requestParameters.sourceIPAddress,
      reason,
    },
  };
}

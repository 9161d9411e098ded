import type { AccessRequest } from './access-request.ts';

/** Which key an object is or will be encrypted with under SSE-KMS. */
export interface ObjectKey {
  keyArn: string;
  keyAccountId: string;
  /** With an S3 Bucket Key the encryption context is the bucket's ARN, not the object's. */
  hasBucketKey?: boolean;
}

const keyActions: Readonly<Record<string, readonly string[]>> = {
  's3:getobject': ['kms:Decrypt'],
  's3:getobjectversion': ['kms:Decrypt'],
  // Parts are put together again, which has to read their data key.
  's3:putobject': ['kms:GenerateDataKey', 'kms:Decrypt'],
};

/**
 * What S3 asks KMS for on the requester's behalf, by condition keys too: `kms:ViaService`, the encryption context. Single
 * uploads do without the second request of `s3:PutObject`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function keyRequestsOf(request: AccessRequest, key: ObjectKey): AccessRequest[] {
  const actions = keyActions[request.action.toLowerCase()] ?? [];
  const region = key.keyArn.split(':')[3] ?? '';
  const [bucketArn = ''] = request.resource.split('/');
  return actions.map((action) => ({
    principal: request.principal,
    action,
    resource: key.keyArn,
    resourceAccountId: key.keyAccountId,
    context: {
      ...request.context,
      'kms:ViaService': `s3.${region}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': key.hasBucketKey ? bucketArn : request.resource,
    },
  }));
}

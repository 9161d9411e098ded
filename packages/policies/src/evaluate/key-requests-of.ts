import type { AccessRequest } from './access-request.ts';

/** Which key an object is or will be encrypted with under SSE-KMS. */
export interface ObjectKey {
  keyArn: string;
  keyAccountId: string;
  /** With an S3 Bucket Key the encryption context is the bucket's ARN, not the object's. Taken for false where it isn't said. */
  hasBucketKey?: boolean;
}

/** The condition key of what S3 itself puts into the encryption context. */
export const objectContextKey = 'kms:EncryptionContext:aws:s3:arn';

const keyActions: Readonly<Record<string, readonly string[]>> = {
  's3:getobject': ['kms:Decrypt'],
  's3:getobjectversion': ['kms:Decrypt'],
  's3:putobject': ['kms:GenerateDataKey'],
};
/** Parts are put together again, which has to read their data key. */
const keyActionsInParts: typeof keyActions = { 's3:putobject': ['kms:Decrypt'] };

/**
 * What S3 asks KMS for on the requester's behalf, by condition keys too: `kms:ViaService`, the encryption context.
 *
 * @param way.isInParts whether `s3:PutObject` may be of a part; a single upload needs less. Default true
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function keyRequestsOf(request: AccessRequest, key: ObjectKey, { isInParts = true } = {}): AccessRequest[] {
  const action = request.action.toLowerCase();
  const actions = [...(keyActions[action] ?? []), ...(isInParts ? (keyActionsInParts[action] ?? []) : [])];
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
      [objectContextKey]: key.hasBucketKey ? bucketArn : request.resource,
    },
  }));
}

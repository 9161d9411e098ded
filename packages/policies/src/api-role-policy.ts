import { identityPolicy } from './build/build-policy.ts';
import { incomingPrefix, type PolicyDocument } from './policy-document.ts';

/**
 * What the API may do: sign uploads below `incoming/` and judge them afterwards. It neither deletes nor lists, so whoever takes
 * its credentials can neither destroy a file nor learn a key.
 * Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * Multipart: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export function apiRolePolicy(options: { bucket: string }): PolicyDocument {
  const incomingObjects = `arn:aws:s3:::${options.bucket}/${incomingPrefix}*`;
  return identityPolicy(
    {
      Sid: 'UploadIncoming',
      Effect: 'Allow',
      // CreateMultipartUpload, UploadPart and CompleteMultipartUpload need PutObject.
      Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: [incomingObjects],
    },
    {
      Sid: 'ReadIncoming',
      Effect: 'Allow',
      // HeadObject needs GetObject.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [incomingObjects],
    },
  );
}

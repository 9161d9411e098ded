import type { Statement } from '../policy-document.ts';
import type { DeclaredOperation } from './declared-operation.ts';

/** Actions, what they are done to, and the keys that requests for them have. */
export interface Need {
  actions: readonly string[];
  resource: string;
  condition?: NonNullable<Statement['Condition']>;
}

/**
 * What an operation needs, by AWS's tables of the permissions that API operations ask for.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function needsOf(operation: DeclaredOperation): Need {
  switch (operation.does) {
    case 'read-objects':
      return {
        actions: ['s3:GetObject', ...(operation.versions ? ['s3:GetObjectVersion'] : [])],
        resource: objectsOf(operation),
      };
    case 'upload-objects':
      return {
        actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        resource: objectsOf(operation),
      };
    case 'delete-objects':
      return { actions: ['s3:DeleteObject'], resource: objectsOf(operation) };
    case 'read-object-tags':
      return { actions: ['s3:GetObjectTagging'], resource: objectsOf(operation) };
    case 'list-objects':
      return {
        actions: ['s3:ListBucket', ...(operation.versions ? ['s3:ListBucketVersions'] : [])],
        resource: `arn:aws:s3:::${operation.bucket}`,
        ...(operation.prefix ? { condition: { StringLike: { 's3:prefix': `${literal(operation.prefix)}*` } } } : {}),
      };
    case 'receive-messages':
      return {
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
        resource: operation.queueArn,
      };
    case 'send-messages':
      return { actions: ['sqs:SendMessage'], resource: operation.queueArn };
    case 'decrypt':
      return { actions: ['kms:Decrypt'], resource: operation.keyArn };
    case 'encrypt':
      return { actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resource: operation.keyArn };
    default:
      return { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resource: `${operation.logGroupArn}:*` };
  }
}

function objectsOf({ bucket, prefix }: { bucket: string; prefix: string }): string {
  return `arn:aws:s3:::${bucket}/${literal(prefix)}*`;
}

/** A prefix's own signs, where a policy would read wildcards or variables. */
function literal(prefix: string): string {
  return prefix.replaceAll(/[*?$]/g, (sign) => `\${${sign}}`);
}

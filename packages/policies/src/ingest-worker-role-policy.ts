import { identityPolicy } from './build/build-policy.ts';
import { incomingPrefix, type PolicyDocument } from './policy-document.ts';

/**
 * What the ingest worker may do: read what arrived, list versions below `incoming/` to reconcile, and work off its queue.
 * It writes nothing there, so that what the ledger says of an object stays true.
 * Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * and https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export function ingestWorkerRolePolicy(options: { bucket: string; queueArn: string }): PolicyDocument {
  const bucketArn = `arn:aws:s3:::${options.bucket}`;
  return identityPolicy(
    {
      Sid: 'ReadIncoming',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: [`${bucketArn}/${incomingPrefix}*`],
    },
    {
      Sid: 'ListIncoming',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:ListBucketVersions'],
      Resource: [bucketArn],
      Condition: { StringLike: { 's3:prefix': [`${incomingPrefix}*`] } },
    },
    {
      Sid: 'WorkOffQueue',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      Resource: [options.queueArn],
    },
  );
}

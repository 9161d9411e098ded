import { expect, test } from 'vitest';
import { apiRolePolicy, assumeRoleTrustPolicy, ingestWorkerRolePolicy } from './index.ts';

test('the api may upload and read below incoming/, and nothing else', () => {
  expect(apiRolePolicy({ bucket: 'files' })).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'UploadIncoming',
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: ['arn:aws:s3:::files/incoming/*'],
      },
      {
        Sid: 'ReadIncoming',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: ['arn:aws:s3:::files/incoming/*'],
      },
    ],
  });
});

test('the ingest worker may read and list below incoming/ and work off its queue, and writes nothing', () => {
  const queueArn = 'arn:aws:sqs:ap-northeast-1:123456789012:arrivals';
  expect(ingestWorkerRolePolicy({ bucket: 'files', queueArn })).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadIncoming',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: ['arn:aws:s3:::files/incoming/*'],
      },
      {
        Sid: 'ListIncoming',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:ListBucketVersions'],
        Resource: ['arn:aws:s3:::files'],
        Condition: { StringLike: { 's3:prefix': ['incoming/*'] } },
      },
      {
        Sid: 'WorkOffQueue',
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        Resource: [queueArn],
      },
    ],
  });
});

test('a role trusts the one principal that is named', () => {
  expect(assumeRoleTrustPolicy({ principalArn: 'arn:aws:iam::123456789012:role/task' })).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::123456789012:role/task'] },
        Action: ['sts:AssumeRole'],
      },
    ],
  });
});

import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudAccount } from '../account/cloud-account.ts';
import { testAccount, testCloud } from '../testing/index.ts';

let account: CloudAccount;
let s3: S3Client;
let sqs: SQSClient;

beforeAll(async () => {
  account = await testAccount();
  const environment = account.environment('api');
  s3 = new S3Client({
    endpoint: environment['AWS_ENDPOINT_URL_S3'] ?? '',
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  sqs = new SQSClient({
    endpoint: environment['AWS_ENDPOINT_URL_SQS'] ?? '',
    region: account.region,
    credentials: { ...account.owner },
  });
});

afterAll(async () => {
  s3.destroy();
  sqs.destroy();
  await account.delete();
});

async function receive(waitSeconds: number): Promise<unknown> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: account.queueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: waitSeconds }),
  );
  const [message] = Messages ?? [];
  if (message === undefined) return undefined;
  await sqs.send(new DeleteMessageCommand({ QueueUrl: account.queueUrl, ReceiptHandle: message.ReceiptHandle }));
  return JSON.parse(message.Body ?? '');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('a PUT below incoming/ arrives in the queue as EventBridge writes it, its key as it is', async () => {
  const Key = 'incoming/受注 2026+売上/%20 &=?.csv';
  const { VersionId, ETag } = await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key, Body: 'a,b\n' }));
  expect(await receive(10)).toEqual({
    version: '0',
    id: expect.stringMatching(uuid),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${account.bucket}`],
    detail: {
      version: '0',
      bucket: { name: account.bucket },
      object: {
        key: Key,
        size: 4,
        etag: ETag?.replaceAll('"', ''),
        'version-id': VersionId,
        sequencer: expect.stringMatching(/^[0-9A-F]+$/),
      },
      'request-id': expect.any(String),
      requester: account.name,
      'source-ip-address': expect.any(String),
      reason: 'PutObject',
    },
  });
});

test('a completed multipart upload arrives without a version id, which the gateway does not know', async () => {
  const upload = { Bucket: account.bucket, Key: 'incoming/multipart' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload));
  const { ETag } = await s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'part' }));
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  await s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }));
  const event = await receive(10);
  expect(event).toMatchObject({
    detail: { reason: 'CompleteMultipartUpload', object: { key: 'incoming/multipart', size: 4 } },
  });
  expect(event).not.toHaveProperty(['detail', 'object', 'version-id']);
});

test('a copy into incoming/ arrives', async () => {
  const { bucket } = account;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'exports/source', Body: 'x' }));
  await s3.send(
    new CopyObjectCommand({ Bucket: bucket, Key: 'incoming/copy', CopySource: `${bucket}/exports/source` }),
  );
  expect(await receive(10)).toMatchObject({ detail: { reason: 'CopyObject', object: { key: 'incoming/copy' } } });
});

test('a delete marker arrives, and the deletion of a version, with what was deleted', async () => {
  const object = { Bucket: account.bucket, Key: 'incoming/to be+deleted' };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
  expect(await receive(10)).toMatchObject({ 'detail-type': 'Object Created' });
  // Whose version id the gateway does not tell.
  await s3.send(new DeleteObjectCommand(object));
  expect(await receive(10)).toMatchObject({
    'detail-type': 'Object Deleted',
    detail: {
      object: { key: object.Key },
      reason: 'DeleteObject',
      'deletion-type': 'Delete Marker Created',
    },
  });
  await s3.send(new DeleteObjectCommand({ ...object, VersionId }));
  expect(await receive(10)).toMatchObject({
    'detail-type': 'Object Deleted',
    detail: { object: { key: object.Key, 'version-id': VersionId }, 'deletion-type': 'Permanently Deleted' },
  });
});

test('an object outside incoming/ makes no event', async () => {
  for (const Key of ['exports/a', 'incoming', 'rehearsal/incoming/a']) {
    await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key, Body: 'x' }));
  }
  await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: 'incoming/last', Body: 'x' }));
  expect(await receive(10)).toMatchObject({ detail: { object: { key: 'incoming/last' } } });
  expect(await receive(0)).toBeUndefined();
});

test('an event goes to the queue of its own account only', async () => {
  const other = await testAccount();
  await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: 'incoming/mine', Body: 'x' }));
  expect(await receive(10)).toMatchObject({ detail: { bucket: { name: account.bucket } } });
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: other.queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  await other.delete();
});

test('the queue keeps messages for 14 days and gives up on one after 5 receives', async () => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: account.queueUrl, AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({
    QueueArn: account.queueArn,
    MessageRetentionPeriod: '1209600',
    VisibilityTimeout: '60',
    ReceiveMessageWaitTimeSeconds: '20',
  });
  expect(JSON.parse(Attributes?.['RedrivePolicy'] ?? '')).toEqual({
    deadLetterTargetArn: account.deadLetterQueueArn,
    maxReceiveCount: 5,
  });
});

test('the hook refuses what it does not know and whoever lacks its token', async () => {
  const hook = `${testCloud().addresses.events?.url ?? ''}/events`;
  expect((await fetch(hook, { method: 'POST', body: '{"Records":[]}' })).status).toBe(400);
  expect((await fetch(hook, { method: 'POST', body: 'not JSON' })).status).toBe(400);
  expect((await fetch(hook.replace(/[0-9a-f]{32}/, '0'.repeat(32)), { method: 'POST', body: '{}' })).status).toBe(404);
});

import type { S3Client } from '@aws-sdk/client-s3';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { createS3Client } from '../create-s3-client.ts';
import { pinObject } from '../download/index.ts';
import { getObject } from '../read/index.ts';

let bucket: TestBucket;
let proxy: FaultProxy;
let s3: S3Client;

beforeAll(async () => {
  bucket = await openTestBucket();
  proxy = await openFaultProxy({ target: { host: bucket.host, port: bucket.port }, http: true });
  s3 = clientFor(bucket.access(proxy.port), 2);
  await bucket.put('object', Buffer.from('x'));
});
afterEach(() => proxy.heal());
afterAll(async () => {
  s3.destroy();
  await proxy.close();
  await bucket.close();
});

const read = (client = s3) => getObject(client, { bucket: bucket.bucket, key: 'object' });

/** What S3 would say instead, and how often it was asked. */
async function refusedWith(status: number, awsCode: string, message = 'm') {
  const body = `<?xml version="1.0"?><Error><Code>${awsCode}</Code><Message>${message}</Message><RequestId>tx7</RequestId></Error>`;
  proxy.setHttp([{ effect: { kind: 'answer', status, contentType: 'application/xml', body } }]);
  const before = proxy.statistics().requests;
  const error: unknown = await read().catch((failure: unknown) => failure);
  return { error, asked: proxy.statistics().requests - before };
}

test.each([
  [403, 'AccessDenied', 'access-denied'],
  [404, 'NoSuchKey', 'no-such-key'],
  [404, 'NoSuchBucket', 'no-such-bucket'],
  [404, 'NoSuchVersion', 'no-such-version'],
  [400, 'InvalidBucketName', 'invalid-bucket-name'],
  [400, 'KeyTooLongError', 'invalid-object-name'],
  [412, 'PreconditionFailed', 'precondition-failed'],
  [403, 'InvalidObjectState', 'object-archived'],
  [400, 'KMS.DisabledException', 'kms-key-unusable'],
  [403, 'InvalidAccessKeyId', 'invalid-credentials'],
  [403, 'SignatureDoesNotMatch', 'invalid-credentials'],
  [301, 'PermanentRedirect', 'wrong-region'],
  [418, 'NobodyKnowsThis', 'storage-refused'],
])('%i %s cannot change, and is asked once', async (status, awsCode, code) => {
  const { error, asked } = await refusedWith(status, awsCode);
  expect(error).toMatchObject({ code, retriable: false, details: { status, awsCode, requestId: 'tx7' } });
  expect(asked).toBe(1);
});

test.each([
  [503, 'SlowDown', 'slow-down'],
  [503, 'ServiceUnavailable', 'unavailable'],
  [500, 'InternalError', 'internal'],
  [429, 'TooManyRequests', 'throttled'],
  [400, 'RequestTimeout', 'timeout'],
])('%i %s may pass, and is asked again', async (status, awsCode, code) => {
  const { error, asked } = await refusedWith(status, awsCode);
  expect(error).toMatchObject({ code, retriable: true, details: { status, awsCode } });
  expect(asked).toBe(2);
});

test('a key that may not be used is told apart from an object that may not be read', async () => {
  const message = 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: kms:Decrypt on this resource';
  expect((await refusedWith(403, 'AccessDenied', message)).error).toMatchObject({ code: 'kms-access-denied' });
});

test.each([
  [403, 'access-denied', false],
  [404, 'no-such-key', false],
  [400, 'storage-refused', false],
  [503, 'unavailable', true],
])('the answer to a HEAD has no body: %i is %s', async (status, code, retriable) => {
  proxy.setHttp([{ method: 'HEAD', effect: { kind: 'answer', status, body: '' } }]);
  await expect(pinObject(s3, { bucket: bucket.bucket, key: 'object' })).rejects.toMatchObject({
    code,
    retriable,
    details: { status },
  });
});

test('of a server that is not there, resets, or is silent, the connection is told', async () => {
  proxy.setWire({ end: { how: 'reset', afterBytes: 0 } });
  await expect(read()).rejects.toMatchObject({ code: 'network', retriable: true });
  proxy.setWire({ refuse: true });
  await expect(read()).rejects.toMatchObject({ code: 'network', retriable: true });
  const nowhere = clientFor({ ...bucket.access(), endpoint: 'http://nowhere.invalid' }, 1);
  await expect(read(nowhere)).rejects.toMatchObject({ code: 'network' });
  proxy.heal();
  proxy.setWire({ end: { how: 'stall', afterBytes: 0 } });
  const { endpoint, region } = bucket.access(proxy.port);
  const silent = createS3Client({ endpoint, region, forcePathStyle: true, silenceSeconds: 0.2 });
  silent.config.credentials = async () => ({ ...bucket.account.owner });
  await expect(read(silent)).rejects.toMatchObject({ code: 'timeout', retriable: true });
  for (const client of [nowhere, silent]) client.destroy();
});

test('where there are no credentials, that is what is told', async () => {
  const { endpoint, region } = bucket.access();
  const nobody = createS3Client({ endpoint, region, forcePathStyle: true });
  nobody.config.credentials = async () => {
    throw Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    });
  };
  await expect(read(nobody)).rejects.toMatchObject({ code: 'no-credentials', retriable: false });
  nobody.destroy();
});

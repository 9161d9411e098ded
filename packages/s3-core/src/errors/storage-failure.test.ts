import { NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { HikyakuError, storageErrorCode } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { storageError } from './storage-error.ts';
import { storageFailure } from './storage-failure.ts';
import { storageFailures } from './storage-failures.ts';

function said(name: string, status: number, message = ''): S3ServiceException {
  const $metadata = { httpStatusCode: status, requestId: 'tx0001' };
  return new S3ServiceException({ name, $fault: 'client', $metadata, message });
}

test.each([
  ['NoSuchKey', 404, 'no-such-key', 'object-missing'],
  ['NoSuchVersion', 404, 'no-such-version', 'object-missing'],
  ['NoSuchBucket', 404, 'no-such-bucket', 'object-missing'],
  ['NoSuchUpload', 404, 'no-such-upload', 'object-missing'],
  ['AccessDenied', 403, 'access-denied', 'storage-refused'],
  ['InvalidBucketName', 400, 'invalid-bucket-name', 'storage-refused'],
  ['KeyTooLongError', 400, 'invalid-object-name', 'storage-refused'],
  ['PreconditionFailed', 412, 'precondition-failed', 'object-missing'],
  ['InvalidRange', 416, 'invalid-range', 'storage-refused'],
  ['InvalidObjectState', 403, 'object-archived', 'storage-refused'],
  ['ConditionalRequestConflict', 409, 'conflict', 'storage-refused'],
  ['KMS.DisabledException', 400, 'kms-key-unusable', 'storage-refused'],
  ['InvalidAccessKeyId', 403, 'invalid-credentials', 'storage-refused'],
  ['SignatureDoesNotMatch', 403, 'invalid-credentials', 'storage-refused'],
  ['ExpiredToken', 400, 'expired-credentials', 'storage-refused'],
  ['RequestTimeTooSkewed', 403, 'clock-skew', 'storage-refused'],
  ['PermanentRedirect', 301, 'wrong-region', 'storage-refused'],
  ['SlowDown', 503, 'slow-down', 'storage-unavailable'],
  ['ThrottlingException', 400, 'throttled', 'storage-unavailable'],
  ['RequestTimeout', 400, 'timeout', 'storage-unavailable'],
  ['ServiceUnavailable', 503, 'unavailable', 'storage-unavailable'],
  ['InternalError', 500, 'internal', 'storage-unavailable'],
  ['BadDigest', 400, 'checksum-mismatch', 'storage-unavailable'],
  ['EntityTooLarge', 400, 'file-too-large', 'storage-refused'],
])('%s (%i) is %s, roughly %s', (name, status, code, coarse) => {
  const error = said(name, status);
  const details = { awsCode: name, status, requestId: 'tx0001' };
  expect(storageFailure(error)).toMatchObject({ code, details, cause: error });
  expect(storageError(error)).toMatchObject({ code: coarse, details });
});

test.each([
  ['NotFound', 404, 'no-such-key'],
  ['403', 403, 'access-denied'],
  ['UnknownError', 403, 'access-denied'],
  ['Unknown', 503, 'unavailable'],
  ['400', 400, 'storage-refused'],
])('the answer to a HEAD has no body: %s (%i) is %s by its status', (name, status, code) => {
  expect(storageFailure(said(name, status)).code).toBe(code);
});

test.each([
  ['NobodyKnowsThis', 418, 'storage-refused', false],
  ['NobodyKnowsThis', 403, 'storage-refused', false],
  ['NobodyKnowsThis', 599, 'storage-unavailable', true],
  ['NobodyKnowsThis', 429, 'throttled', true],
])('a code that is new passes through with its name and request: %s (%i)', (name, status, code, retriable) => {
  const details = { awsCode: name, status, requestId: 'tx0001' };
  expect(storageFailure(said(name, status))).toMatchObject({ code, retriable, details });
});

test('a key that may not be used is told apart from an object that may not be read', () => {
  const message = 'User: arn:aws:iam::1:role/x is not authorized to perform: kms:Decrypt on the resource';
  expect(storageFailure(said('AccessDenied', 403, message)).code).toBe('kms-access-denied');
  const reading = 'User: arn:aws:iam::1:role/x is not authorized to perform: s3:GetObject on resource';
  expect(storageFailure(said('AccessDenied', 403, reading)).code).toBe('access-denied');
});

test.each([
  ['ECONNRESET', 'network', true],
  ['ENOTFOUND', 'network', true],
  ['UND_ERR_SOCKET', 'network', true],
  ['ETIMEDOUT', 'timeout', true],
  ['UND_ERR_BODY_TIMEOUT', 'timeout', true],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted-certificate', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted-certificate', false],
])('%s before an answer is %s', (code, expected, retriable) => {
  expect(storageFailure(Object.assign(new Error('x'), { code }))).toMatchObject({ code: expected, retriable });
});

test('half of a key pair is told apart from none', () => {
  const error = Object.assign(new Error('Could not load credentials from any providers'), {
    name: 'CredentialsProviderError',
  });
  expect(storageFailure(error)).toMatchObject({ code: 'no-credentials', retriable: false });
  expect(storageFailure(error, { environment: { AWS_ACCESS_KEY_ID: 'x' } })).toMatchObject({
    code: 'partial-credentials',
    details: { missing: 'AWS_SECRET_ACCESS_KEY' },
  });
  const both = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };
  expect(storageFailure(error, { environment: both }).code).toBe('no-credentials');
});

test('what is ours already passes through, and what nobody knows is storage that is away', () => {
  const ours = new HikyakuError('file-too-large');
  expect(storageFailure(ours)).toBe(ours);
  expect(storageFailure('what')).toMatchObject({ code: 'storage-unavailable', retriable: true });
  expect(storageFailure(new NoSuchKey({ $metadata: {}, message: 'x' })).code).toBe('no-such-key');
});

test('no name of S3 stands for two failures, and every failure can be retried or not', () => {
  const names = storageErrorCode.options.flatMap((code) => [...storageFailures[code].awsCodes]);
  expect(new Set(names).size).toBe(names.length);
  const retried = storageErrorCode.options.filter((code) => storageFailures[code].retry !== 'never');
  expect(retried).toEqual([
    'conflict',
    'throttled',
    'slow-down',
    'timeout',
    'unavailable',
    'internal',
    'network',
    'checksum-mismatch',
    'storage-unavailable',
  ]);
});

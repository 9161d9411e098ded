import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const xml = (code: string, more = '') =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message>${more}</Error>`;
const denied = (action: string) =>
  `<Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::1:assumed-role/api/s is not authorized to perform: ${action} on resource: x</Message></Error>`;
const expired = xml('AccessDenied', '<X-Amz-Expires>60</X-Amz-Expires><Expires>2026-11-22T06:00:00Z</Expires>');
const page = '<!doctype html><html><body>Please sign in <Code>AccessDenied</Code></body></html>';

it.each([
  [200, '', 'stored', null, null],
  [204, '\n', 'stored', null, null],
  [412, xml('PreconditionFailed'), 'stored', null, null],
  [403, xml('AccessDenied'), 'renew', 'storage-refused', false],
  [403, '', 'renew', 'storage-refused', false],
  [403, expired, 'renew', 'clock-skew', false],
  [403, xml('RequestTimeTooSkewed'), 'renew', 'clock-skew', false],
  [400, xml('ExpiredToken'), 'renew', 'storage-refused', false],
  [403, denied('kms:GenerateDataKey'), 'failed', 'storage-key-denied', false],
  [403, denied('s3:PutObject'), 'renew', 'storage-refused', false],
  [400, xml('KMS.DisabledException'), 'failed', 'storage-key-denied', false],
  [400, xml('RequestTimeout'), 'failed', 'storage-unavailable', true],
  [400, xml('BadDigest'), 'failed', 'checksum-mismatch', true],
  [400, xml('InvalidRequest'), 'failed', 'storage-refused', false],
  [400, xml('EntityTooLarge'), 'failed', 'file-too-large', false],
  [403, xml('QuotaExceeded'), 'failed', 'storage-full', false],
  [507, xml('XMinioStorageFull'), 'failed', 'storage-full', false],
  [507, '', 'failed', 'storage-full', false],
  [404, xml('NoSuchUpload'), 'failed', 'upload-not-open', false],
  [404, xml('NoSuchBucket'), 'failed', 'storage-refused', false],
  [403, xml('constructor'), 'renew', 'storage-refused', false],
  [400, xml('__proto__'), 'failed', 'storage-refused', false],
  [503, xml('toString'), 'failed', 'storage-unavailable', true],
  [409, xml('ConditionalRequestConflict'), 'failed', 'storage-unavailable', true],
  [429, '', 'failed', 'storage-unavailable', true],
  [503, xml('SlowDown'), 'failed', 'storage-unavailable', true],
])('of storage, %d %s is %s', (status, text, outcome, code, retriable) => {
  const judgement = judgeAnswer({ status, text });
  expect(judgement.outcome).toBe(outcome);
  if (judgement.outcome !== 'stored') expect(judgement.error).toMatchObject({ code, retriable });
});

it.each([
  [200, 'unexpected-answer', true],
  [302, 'unexpected-answer', true],
  [403, 'unexpected-answer', true],
  [407, 'unexpected-answer', true],
  [511, 'unexpected-answer', true],
  [413, 'body-limit', false],
  [502, 'storage-unavailable', true],
])('a page that somebody else answers with %d is never storage, but %s', (status, code, retriable) => {
  const judgement = judgeAnswer({ status, text: page });
  expect(judgement).toMatchObject({ outcome: 'failed', error: { code, retriable, details: { status } } });
});

it('names what storage called it, and nothing else of the answer', () => {
  const judgement = judgeAnswer({ status: 403, text: expired });
  expect(judgement).toMatchObject({ error: { details: { status: 403, storageCode: 'AccessDenied' } } });
  expect(JSON.stringify(judgement)).not.toContain('2026');
});

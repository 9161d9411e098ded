import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

it.each([
  [200, '', 'stored', null, null],
  [412, xml('PreconditionFailed'), 'stored', null, null],
  [403, xml('AccessDenied'), 'renew', 'storage-refused', false],
  [403, '', 'renew', 'storage-refused', false],
  [400, xml('ExpiredToken'), 'renew', 'storage-refused', false],
  [400, xml('RequestTimeout'), 'failed', 'storage-unavailable', true],
  [400, xml('BadDigest'), 'failed', 'checksum-mismatch', true],
  [400, xml('InvalidRequest'), 'failed', 'storage-refused', false],
  [404, xml('NoSuchUpload'), 'failed', 'upload-not-open', false],
  [404, xml('NoSuchBucket'), 'failed', 'storage-refused', false],
  [409, xml('ConditionalRequestConflict'), 'failed', 'storage-unavailable', true],
  [429, '', 'failed', 'storage-unavailable', true],
  [503, xml('SlowDown'), 'failed', 'storage-unavailable', true],
])('%d %s is %s', (status, text, outcome, code, retriable) => {
  const judgement = judgeAnswer({ status, text });
  expect(judgement.outcome).toBe(outcome);
  if (judgement.outcome !== 'stored') expect(judgement.error).toMatchObject({ code, retriable });
});

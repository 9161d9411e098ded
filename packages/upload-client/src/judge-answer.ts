import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import { readStorageError } from './read-storage-error.ts';
import type { SendBodyAnswer } from './send-body.ts';

/** `stored`: storage has an object under the key. `renew`: the URL may have died and a fresh one may do. */
export type Judgement = { outcome: 'stored' } | { outcome: 'renew' | 'failed'; error: HikyakuError };

type Cause = [code: ErrorCode, kind: 'renew' | 'retriable' | 'lasting'];

/** What storage calls it, where its status alone says less. The last lines are Ceph's and MinIO's. */
const causes: Readonly<Record<string, Cause>> = {
  // Damaged on its way: storage refuses what the signed digest doesn't fit.
  BadDigest: ['checksum-mismatch', 'retriable'],
  // Closed meanwhile, by us or because it took too long.
  NoSuchUpload: ['upload-not-open', 'lasting'],
  EntityTooLarge: ['file-too-large', 'lasting'],
  // The socket was idle for too long; said with status 400.
  RequestTimeout: ['storage-unavailable', 'retriable'],
  // The credentials that signed the URL have expired.
  ExpiredToken: ['storage-refused', 'renew'],
  TokenRefreshRequired: ['storage-refused', 'renew'],
  // Our server signed, so it is its clock: a URL of now may be late enough, or early enough.
  RequestTimeTooSkewed: ['clock-skew', 'renew'],
  RequestNotYetValid: ['clock-skew', 'renew'],
  QuotaExceeded: ['storage-full', 'lasting'],
  InsufficientCapacity: ['storage-full', 'lasting'],
  XMinioStorageFull: ['storage-full', 'lasting'],
  XMinioAdminBucketQuotaExceeded: ['storage-full', 'lasting'],
};

// Timeout, conflict of two conditional writes, too many requests: the same request may do later.
const passingStatuses = new Set([408, 409, 429]);

/** What an answer to a PUT means. */
export function judgeAnswer(answer: SendBodyAnswer): Judgement {
  const { status } = answer;
  const { code } = readStorageError(answer.text);
  // Storage has nothing more to say to a PUT than yes: a page in its place is somebody else's.
  if (status >= 200 && status < 300 && answer.text.trim() === '') return { outcome: 'stored' };
  // The key is this upload's alone and signed with `If-None-Match: *`, so what is there already came from an earlier
  // try (ours, or one the browser repeated by itself) whose answer was lost. `complete` looks at it anyway.
  if (status === 412) return { outcome: 'stored' };
  const [errorCode, kind] = causeOf(answer);
  const details = { status, ...(code && { storageCode: code }) };
  const error = new HikyakuError(errorCode, { details, retriable: kind === 'retriable' });
  return { outcome: kind === 'renew' ? 'renew' : 'failed', error };
}

function causeOf({ status, text }: SendBodyAnswer): Cause {
  const { code, isOfKey, isExpired } = readStorageError(text);
  const isAnothers = code === '' && text.trim() !== '';
  if (isOfKey) return ['storage-key-denied', 'lasting'];
  // A fresh URL that has expired too was signed by a clock that is late.
  if (isExpired) return ['clock-skew', 'renew'];
  // The name is somebody else's: `constructor` is none of ours.
  const known = Object.hasOwn(causes, code) ? causes[code] : undefined;
  if (known) return known;
  if (status === 507) return ['storage-full', 'lasting'];
  if (status === 413) return ['body-limit', 'lasting'];
  // Sign-in pages of networks answer with anything: 200, 302, 511. Once somebody has signed in, the same request does.
  if (status < 400 || status === 407 || status === 511) return ['unexpected-answer', 'retriable'];
  if (status >= 500 || passingStatuses.has(status)) return ['storage-unavailable', 'retriable'];
  if (isAnothers) return ['unexpected-answer', 'retriable'];
  // A dead URL may be plain AccessDenied: every 403 deserves one fresh URL.
  return ['storage-refused', status === 403 ? 'renew' : 'lasting'];
}

import { HikyakuError } from '@hikyaku/types';
import type { SendBodyAnswer } from './send-body.ts';

/** `stored`: storage has an object under the key. `renew`: the URL may have died and a fresh one may do. */
export type Judgement = { outcome: 'stored' } | { outcome: 'renew' | 'failed'; error: HikyakuError };

// Timeout, conflict of two conditional writes, too many requests: the same request may do later.
const passingStatuses = new Set([408, 409, 429]);
// S3 says these with status 400: the socket was idle for too long; the credentials that signed the URL have expired.
const passingCodes = new Set(['RequestTimeout']);
const expiredCodes = new Set(['ExpiredToken', 'TokenRefreshRequired']);

/** What an answer to a PUT means. */
export function judgeAnswer({ status, text }: SendBodyAnswer): Judgement {
  if (status >= 200 && status < 300) return { outcome: 'stored' };
  // The key is this upload's alone and signed with `If-None-Match: *`, so what is there already came from an earlier
  // try (ours, or one the browser repeated by itself) whose answer was lost. `complete` looks at it anyway.
  if (status === 412) return { outcome: 'stored' };
  const code = codeOf(text);
  const details = { status, ...(code && { storageCode: code }) };
  if (status >= 500 || passingStatuses.has(status) || passingCodes.has(code)) {
    return { outcome: 'failed', error: new HikyakuError('storage-unavailable', { details, retriable: true }) };
  }
  // Damaged on its way: storage refuses what the signed digest doesn't fit.
  if (code === 'BadDigest') {
    return { outcome: 'failed', error: new HikyakuError('checksum-mismatch', { details, retriable: true }) };
  }
  // Closed meanwhile, by us or because it took too long.
  if (code === 'NoSuchUpload') return { outcome: 'failed', error: new HikyakuError('upload-not-open', { details }) };
  // An expired URL is plain AccessDenied, told apart only by its wording: every 403 deserves one fresh URL.
  const outcome = status === 403 || expiredCodes.has(code) ? 'renew' : 'failed';
  return { outcome, error: new HikyakuError('storage-refused', { details }) };
}

function codeOf(xml: string): string {
  return /<Code>(\w{1,64})<\/Code>/.exec(xml)?.[1] ?? '';
}

import type { ErrorCode } from '@hikyaku/types';
import { type Failure, failureWith } from './failure.ts';

/**
 * A server component that could not be drawn. Next withholds an error's message from browsers but lets a `digest`
 * through, so the digest carries the code and the reference id: what `ErrorNotice` shows, and nothing else.
 */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly digest: string;

  constructor(failure: Failure) {
    super(failure.code);
    this.digest = `hikyaku:${failure.code}:${failure.referenceId ?? ''}`;
  }
}

/** What can keep a whole page from being drawn. */
const codes: readonly ErrorCode[] = [
  'forbidden',
  'rate-limited',
  'network',
  'storage-unavailable',
  'database-unavailable',
  'internal',
];

/** The failure that a digest carries; of any other error, the digest by which the portal's log knows it. */
export function failureOfDigest(digest: string | undefined): Failure {
  const [mark, code, referenceId] = digest?.split(':') ?? [];
  const known = mark === 'hikyaku' ? codes.find((each) => each === code) : undefined;
  return known ? failureWith(known, referenceId || null) : failureWith('internal', digest ?? null);
}

import type { BodyDigest } from '@hikyaku/types';

/**
 * Reads a body and computes its digests. May hold all of it in memory, so it is given no more than a part at a time.
 *
 * Throws what reading throws, or a retriable `HikyakuError` when it could not even begin.
 */
export type DigestBody = (body: Blob) => Promise<BodyDigest>;

/** A body whose digests are known. */
export interface DigestedBody {
  body: Blob;
  digest: BodyDigest;
}

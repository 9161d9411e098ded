import type { S3Client } from '@aws-sdk/client-s3';
import { failureOf } from '../errors/storage-failure.ts';

/** What ends the life of something signed first. `unknown`: a session token that doesn't say when it ends. */
export type ExpiryLimit = 'requested' | 'sigv4-maximum' | 'credentials' | 'unknown';

export interface SigningExpiry {
  /** When it is refused at the latest; of `unknown` it may be earlier. */
  expiresAt: Date;
  limitedBy: ExpiryLimit;
  /** What is signed as the lifetime: whole seconds, at least 1. */
  lifetimeSeconds: number;
}

/** Seven days. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrl-Expiration */
const sigv4MaximumSeconds = 604_800;

/**
 * How long what is signed now really lives: as asked, at most what SigV4 allows, at most as long as the credentials that sign
 * it. A URL signed with a role's credentials dies with them, whatever stands in it.
 *
 * @param askedSeconds whole, at least 1
 * @throws RangeError for another number
 * @throws HikyakuError no-credentials, expired-credentials
 */
export async function signingExpiry(
  client: Pick<S3Client, 'config'>,
  askedSeconds: number,
  now = new Date(),
): Promise<SigningExpiry> {
  if (!Number.isInteger(askedSeconds) || askedSeconds < 1) throw new RangeError(`not a lifetime: ${askedSeconds}`);
  const { expiration, sessionToken } = await credentialsOf(client);
  const allowed: { seconds: number; limit: ExpiryLimit }[] = [
    { seconds: askedSeconds, limit: sessionToken && !expiration ? 'unknown' : 'requested' },
    { seconds: sigv4MaximumSeconds, limit: sessionToken && !expiration ? 'unknown' : 'sigv4-maximum' },
    ...(expiration
      ? [{ seconds: Math.floor((expiration.getTime() - now.getTime()) / 1_000), limit: 'credentials' as const }]
      : []),
  ];
  const { seconds, limit } = allowed.reduce((least, next) => (next.seconds < least.seconds ? next : least));
  if (seconds < 1) throw failureOf('expired-credentials');
  return { expiresAt: new Date(now.getTime() + seconds * 1_000), limitedBy: limit, lifetimeSeconds: seconds };
}

async function credentialsOf({ config }: Pick<S3Client, 'config'>) {
  try {
    return await config.credentials();
  } catch (cause) {
    throw failureOf('no-credentials', { cause });
  }
}

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { BodyDigest } from '@hikyaku/types';
import { checksumHeader } from './checksum-header.ts';
import type { PresignedPut } from './presigned.ts';
import { signingExpiry } from './signing-expiry.ts';

/**
 * A URL under which exactly one object of exactly this size and type can be written, once: `If-None-Match: *` is signed,
 * so that a second use answers 412. With a digest, only exactly those bytes.
 *
 * @param lifetimeSeconds as asked; `limitedBy` says what won
 * @throws HikyakuError no-credentials, expired-credentials
 */
export async function presignPut(
  client: S3Client,
  object: { bucket: string; key: string; sizeBytes: number; contentType: string; digest?: BodyDigest | undefined },
  lifetimeSeconds: number,
): Promise<PresignedPut> {
  const { digest } = object;
  const { lifetimeSeconds: expiresIn, ...expiry } = await signingExpiry(client, lifetimeSeconds);
  const command = new PutObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    ContentLength: object.sizeBytes,
    ContentType: object.contentType,
    IfNoneMatch: '*',
    ...(digest ? { ContentMD5: digest.md5, ChecksumSHA256: digest.sha256 } : {}),
  });
  const url = await getSignedUrl(client, command, {
    expiresIn,
    signableHeaders: new Set([
      'host',
      'content-type',
      'content-length',
      'if-none-match',
      ...(digest ? ['content-md5', checksumHeader] : []),
    ]),
    unhoistableHeaders: new Set([checksumHeader]),
  });
  const headers = {
    'content-type': object.contentType,
    'if-none-match': '*',
    ...(digest ? { 'content-md5': digest.md5, [checksumHeader]: digest.sha256 } : {}),
  };
  return { url, headers, ...expiry };
}

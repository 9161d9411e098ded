import { type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { BodyDigest } from '@hikyaku/types';
import { checksumHeader } from './checksum-header.ts';
import type { MultipartUpload } from '../multipart-upload.ts';
import type { PresignedPut } from './presigned.ts';
import { signingExpiry } from './signing-expiry.ts';

/**
 * A URL under which exactly these bytes can be written as this part: length, MD5 and SHA-256 are signed. Used again it
 * writes the same bytes again.
 *
 * @param lifetimeSeconds as asked; `limitedBy` says what won
 * @throws HikyakuError no-credentials, expired-credentials
 */
export async function presignPart(
  client: S3Client,
  upload: MultipartUpload,
  part: { partNumber: number; sizeBytes: number; digest: BodyDigest },
  lifetimeSeconds: number,
): Promise<PresignedPut> {
  const { md5, sha256 } = part.digest;
  const { lifetimeSeconds: expiresIn, ...expiry } = await signingExpiry(client, lifetimeSeconds);
  const command = new UploadPartCommand({
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumber: part.partNumber,
    ContentLength: part.sizeBytes,
    ContentMD5: md5,
    ChecksumSHA256: sha256,
  });
  const url = await getSignedUrl(client, command, {
    expiresIn,
    unhoistableHeaders: new Set([checksumHeader]),
  });
  return { url, headers: { 'content-md5': md5, [checksumHeader]: sha256 }, ...expiry };
}

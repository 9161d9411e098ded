import { type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { BodyDigest } from '@hikyaku/types';
import { checksumHeader } from './checksum-header.ts';
import type { MultipartUpload } from './multipart-upload.ts';
import type { PresignedPut } from './presign-put-object.ts';

/**
 * A URL under which exactly these bytes can be written as this part: length, MD5 and SHA-256 are signed. Used again it
 * writes the same bytes again.
 *
 * @param lifetimeSeconds at most 604,800 (SigV4); the URL dies earlier with the credentials that signed it.
 */
export async function presignPart(
  client: S3Client,
  upload: MultipartUpload,
  part: { partNumber: number; sizeBytes: number; digest: BodyDigest },
  lifetimeSeconds: number,
): Promise<PresignedPut> {
  const { md5, sha256 } = part.digest;
  const command = new UploadPartCommand({
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumber: part.partNumber,
    ContentLength: part.sizeBytes,
    ContentMD5: md5,
    ChecksumSHA256: sha256,
  });
  const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000);
  const url = await getSignedUrl(client, command, {
    expiresIn: lifetimeSeconds,
    unhoistableHeaders: new Set([checksumHeader]),
  });
  return { url, headers: { 'content-md5': md5, [checksumHeader]: sha256 }, expiresAt };
}

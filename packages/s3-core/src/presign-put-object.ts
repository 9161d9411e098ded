import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export interface PresignedPut {
  url: string;
  /** To be sent exactly so: they are part of the signature. `Content-Length` is signed too; the client's HTTP stack sets it. */
  headers: Record<string, string>;
  expiresAt: Date;
}

/**
 * A URL under which exactly one object of exactly this size and type can be written, once: `If-None-Match: *` is signed,
 * so that a second use answers 412.
 *
 * @param lifetimeSeconds at most 604,800 (SigV4); the URL dies earlier with the credentials that signed it.
 */
export async function presignPutObject(
  client: S3Client,
  object: { bucket: string; key: string; sizeBytes: number; contentType: string },
  lifetimeSeconds: number,
): Promise<PresignedPut> {
  const command = new PutObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    ContentLength: object.sizeBytes,
    ContentType: object.contentType,
    IfNoneMatch: '*',
  });
  const expiresAt = new Date(Date.now() + lifetimeSeconds * 1_000);
  const url = await getSignedUrl(client, command, {
    expiresIn: lifetimeSeconds,
    signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match']),
  });
  return { url, headers: { 'content-type': object.contentType, 'if-none-match': '*' }, expiresAt };
}

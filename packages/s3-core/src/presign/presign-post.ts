import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { failureOf } from '../errors/storage-failure.ts';
import type { Presigned } from './presigned.ts';
import { signingExpiry } from './signing-expiry.ts';

export interface PresignedPost extends Presigned {
  /** Fields of the form, in this order, before the file's own, which is called `file` and comes last. */
  fields: Record<string, string>;
}

/**
 * A form under which one object can be written with `multipart/form-data`, by a browser without a line of script: exactly this
 * key and type, and no more bytes than allowed. Unlike a signed PUT it can't say that the object must not exist yet.
 *
 * @param object.sizeBytes the least and the most, in bytes, both allowed
 * @param lifetimeSeconds as asked; `limitedBy` says what won
 * @throws HikyakuError invalid-object-name (a key with `${filename}`), no-credentials, expired-credentials
 */
export async function presignPost(
  client: S3Client,
  object: { bucket: string; key: string; contentType: string; sizeBytes: { least: number; most: number } },
  lifetimeSeconds: number,
): Promise<PresignedPost> {
  // S3 would put the name of the sender's file in its place: then what may be written is the sender's to say.
  if (object.key.includes('${filename}')) throw failureOf('invalid-object-name', { details: { key: object.key } });
  const { lifetimeSeconds: Expires, ...expiry } = await signingExpiry(client, lifetimeSeconds);
  const { url, fields } = await createPresignedPost(client, {
    Bucket: object.bucket,
    Key: object.key,
    Fields: { 'Content-Type': object.contentType },
    Conditions: [['content-length-range', object.sizeBytes.least, object.sizeBytes.most]],
    Expires,
  });
  return { url, fields, ...expiry };
}

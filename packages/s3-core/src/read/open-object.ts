import { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { storageError } from '../errors/storage-error.ts';

/**
 * The bytes of one version of an object, as they come. Pinned by version id, or by ETag where there are no versions:
 * an overwrite in between is an error, never a mixed file.
 *
 * @throws HikyakuError object-missing, storage-refused, storage-unavailable; while reading, the stream's own errors
 */
export async function openObject(
  client: S3Client,
  object: { bucket: string; key: string; versionId: string; etag: string },
  signal?: AbortSignal,
): Promise<Readable> {
  try {
    const { Body } = await client.send(
      new GetObjectCommand({
        Bucket: object.bucket,
        Key: object.key,
        IfMatch: `"${object.etag}"`,
        ...(object.versionId === 'null' ? {} : { VersionId: object.versionId }),
      }),
      signal ? { abortSignal: signal } : {},
    );
    // The SDK's type is that of all platforms; in Node it is always this one.
    if (Body instanceof Readable) return Body;
    throw new HikyakuError('storage-unavailable', { retriable: true });
  } catch (error) {
    throw storageError(error);
  }
}

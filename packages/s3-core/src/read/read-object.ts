import type { S3Client } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { openObject } from './open-object.ts';
import { storageError } from '../errors/storage-error.ts';

/**
 * One version of an object, whole, in memory.
 *
 * @param limitBytes of more than this nothing is returned: memory must not grow with what somebody stored
 * @throws HikyakuError object-missing, file-too-large, storage-refused, storage-unavailable
 */
export async function readObject(
  client: S3Client,
  object: { bucket: string; key: string; versionId: string; etag: string },
  limitBytes: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  const body = await openObject(client, object, signal);
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk);
      sizeBytes += bytes.length;
      // Leaving the loop closes the stream: the rest isn't fetched.
      if (sizeBytes > limitBytes) throw new HikyakuError('file-too-large', { details: { limitBytes } });
      chunks.push(bytes);
    }
  } catch (error) {
    throw storageError(error);
  }
  return Buffer.concat(chunks);
}

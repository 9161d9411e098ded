import { CreateMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import type { MultipartUpload } from './multipart-upload.ts';
import { storageError } from './errors/storage-error.ts';

/**
 * Begins an object whose parts each carry their SHA-256. Where the answer is lost, an upload without parts is left that
 * nobody knows; the bucket's lifecycle rule ends it.
 *
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function createMultipartUpload(
  client: S3Client,
  object: { bucket: string; key: string; contentType: string },
): Promise<MultipartUpload> {
  const { bucket, key, contentType } = object;
  try {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    if (!UploadId) throw new HikyakuError('storage-unavailable', { retriable: true });
    return { bucket, key, id: UploadId };
  } catch (error) {
    throw storageError(error);
  }
}

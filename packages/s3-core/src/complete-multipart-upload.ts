import { CompleteMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import type { MultipartUpload } from './multipart-upload.ts';
import { storageError } from './errors/storage-error.ts';

/**
 * Makes one object of the parts. An upload that is not there (any more) is no error: an earlier call may have done it
 * whose answer was lost, so HEAD has to tell anyway. (Also, not every store answers with the object's ETag.)
 *
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function completeMultipartUpload(
  client: S3Client,
  upload: MultipartUpload,
  parts: { partNumber: number; etag: string; sha256: string }[],
): Promise<void> {
  const Parts = parts.map(({ partNumber, etag, sha256 }) => ({
    PartNumber: partNumber,
    ETag: `"${etag}"`,
    ChecksumSHA256: sha256,
  }));
  try {
    await client.send(
      new CompleteMultipartUploadCommand({
        Bucket: upload.bucket,
        Key: upload.key,
        UploadId: upload.id,
        MultipartUpload: { Parts },
      }),
    );
  } catch (error) {
    const failure = storageError(error);
    if (failure.code !== 'object-missing') throw failure;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { AbortMultipartUploadCommand, type S3Client } from '@aws-sdk/client-s3';
import { listParts } from './list-parts.ts';
import type { MultipartUpload } from './multipart-upload.ts';
import { storageError } from './errors/storage-error.ts';

const mostTries = 4;
const firstWaitMilliseconds = 100;

/**
 * Gives the parts up. A part in flight at that moment may survive, so this looks and repeats; false where parts are left
 * even so. Nothing there to abort is fine.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 *
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function abortMultipartUpload(client: S3Client, upload: MultipartUpload): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    await abortOnce(client, upload);
    const left = await listParts(client, upload);
    if (!left || left.length === 0) return true;
    if (tries === mostTries) return false;
    await wait(firstWaitMilliseconds * 2 ** tries);
  }
}

async function abortOnce(client: S3Client, upload: MultipartUpload): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket: upload.bucket, Key: upload.key, UploadId: upload.id }));
  } catch (error) {
    const failure = storageError(error);
    if (failure.code !== 'object-missing') throw failure;
  }
}

import { ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { MultipartUpload } from '../multipart-upload.ts';

/** Those that have begun below a prefix and have not ended; of the first thousand. */
export async function listUploads(client: S3Client, bucket: string, prefix: string): Promise<MultipartUpload[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
  return Uploads.flatMap(({ Key, UploadId }) =>
    Key?.startsWith(prefix) && UploadId ? [{ bucket, key: Key, id: UploadId }] : [],
  );
}

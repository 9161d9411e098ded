import type { Upload } from '@hikyaku/db';
import type { MultipartUpload } from '@hikyaku/s3-core';

/** What S3 knows of an upload, and the parts it was planned to have. */
export interface PlannedMultipart extends MultipartUpload {
  /** Undefined while a stream is sent: nobody knows yet how many parts there will be. */
  sizeBytes: number | undefined;
  partSizeBytes: number;
}

/** Undefined for a single PUT, and where S3 did not begin it. */
export function multipartOf({ bucket, key, sizeBytes, multipart }: Upload): PlannedMultipart | undefined {
  if (!multipart?.id) return undefined;
  return { bucket, key, id: multipart.id, sizeBytes, partSizeBytes: multipart.partSizeBytes };
}

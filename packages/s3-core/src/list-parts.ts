import { ListPartsCommand, type ListPartsCommandOutput, type Part, type S3Client } from '@aws-sdk/client-s3';
import { unquoted } from './find-object.ts';
import type { MultipartUpload } from './multipart-upload.ts';
import { storageError } from './errors/storage-error.ts';

export interface StoredPart {
  partNumber: number;
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  /** In base64; each undefined where the store keeps none of it. */
  sha256: string | undefined;
  crc64nvme: string | undefined;
  crc32c: string | undefined;
}

/**
 * What S3 has of a multipart upload, by part number; undefined where there is no such upload (any more).
 *
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function listParts(client: S3Client, upload: MultipartUpload): Promise<StoredPart[] | undefined> {
  const parts: StoredPart[] = [];
  let after: string | undefined;
  try {
    // Not the SDK's paginator: it goes on while there is a next marker, and RGW names one on the last page too.
    do {
      const page: ListPartsCommandOutput = await client.send(
        new ListPartsCommand({
          Bucket: upload.bucket,
          Key: upload.key,
          UploadId: upload.id,
          ...(after ? { PartNumberMarker: after } : {}),
        }),
      );
      parts.push(...(page.Parts ?? []).map(toStoredPart));
      after = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (after);
    return parts;
  } catch (error) {
    const failure = storageError(error);
    if (failure.code === 'object-missing') return undefined;
    throw failure;
  }
}

function toStoredPart(part: Part): StoredPart {
  return {
    partNumber: part.PartNumber ?? 0,
    sizeBytes: part.Size ?? 0,
    etag: unquoted(part.ETag ?? ''),
    sha256: part.ChecksumSHA256,
    crc64nvme: part.ChecksumCRC64NVME,
    crc32c: part.ChecksumCRC32C,
  };
}

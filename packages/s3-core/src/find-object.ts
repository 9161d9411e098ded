import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { storageError } from './errors/storage-error.ts';

export interface ObjectHead {
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  /** `'null'` where the bucket keeps no versions. */
  versionId: string;
  contentType: string | undefined;
}

/**
 * HEAD of the newest version, or of `versionId`; undefined where there is none.
 *
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function findObject(
  client: S3Client,
  object: { bucket: string; key: string; versionId?: string },
): Promise<ObjectHead | undefined> {
  try {
    const head = await client.send(
      new HeadObjectCommand({
        Bucket: object.bucket,
        Key: object.key,
        ...(object.versionId && object.versionId !== 'null' ? { VersionId: object.versionId } : {}),
      }),
    );
    return {
      sizeBytes: head.ContentLength ?? 0,
      etag: unquoted(head.ETag ?? ''),
      versionId: head.VersionId || 'null',
      contentType: head.ContentType,
    };
  } catch (error) {
    const failure = storageError(error);
    if (failure.code === 'object-missing') return undefined;
    throw failure;
  }
}

/** S3 quotes ETags in headers and leaves them bare in events. */
export function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, '');
}

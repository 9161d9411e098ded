import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { unquoted } from './find-object.ts';
import { storageError } from './errors/storage-error.ts';

/**
 * The newest version of an object, by listing: to a role that may list below a prefix only, HEAD says "forbidden" of what
 * isn't there. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 *
 * @returns undefined where there is none; to be read by its ETag
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function findListedObject(
  client: S3Client,
  object: { bucket: string; key: string },
  signal?: AbortSignal,
): Promise<{ bucket: string; key: string; versionId: 'null'; etag: string; sizeBytes: number } | undefined> {
  try {
    // The key itself comes before all longer ones.
    const { Contents } = await client.send(
      new ListObjectsV2Command({ Bucket: object.bucket, Prefix: object.key, MaxKeys: 1 }),
      signal ? { abortSignal: signal } : {},
    );
    const found = Contents?.find(({ Key }) => Key === object.key);
    if (!found) return undefined;
    return { ...object, versionId: 'null', etag: unquoted(found.ETag ?? ''), sizeBytes: found.Size ?? 0 };
  } catch (error) {
    throw storageError(error);
  }
}

import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { findObject, unquoted } from './find-object.ts';
import { storageError } from './errors/storage-error.ts';

/**
 * The version an event without a version id spoke of. HEAD may already see the next version: only the one whose ETag
 * equals the event's counts, so it is looked for among all versions then.
 *
 * @returns undefined where no version has that ETag any more
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function resolveVersion(
  client: S3Client,
  object: { bucket: string; key: string; etag: string | undefined },
): Promise<{ versionId: string; etag: string; sizeBytes: number } | undefined> {
  const newest = await findObject(client, object);
  if (newest && (!object.etag || newest.etag === object.etag)) return newest;
  if (!object.etag) return undefined;
  let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
  try {
    for (;;) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: object.bucket, Prefix: object.key, ...marker }),
      );
      const found = page.Versions?.find(
        (version) => version.Key === object.key && unquoted(version.ETag ?? '') === object.etag,
      );
      if (found) {
        return { versionId: found.VersionId ?? 'null', etag: object.etag, sizeBytes: found.Size ?? 0 };
      }
      // Longer keys with this prefix come after all versions of the key itself.
      if (!page.IsTruncated || page.NextKeyMarker !== object.key) return undefined;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker ?? '' };
    }
  } catch (error) {
    throw storageError(error);
  }
}

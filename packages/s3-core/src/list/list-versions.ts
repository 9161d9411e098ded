import { ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { unquoted } from '../find-object.ts';
import { storageError } from '../errors/storage-error.ts';

export interface StoredVersion {
  key: string;
  /** `'null'` where the bucket keeps no versions. */
  versionId: string;
  /** Without quotes. */
  etag: string;
  sizeBytes: number;
  /** Of an object that was sent in parts, when sending began. */
  lastModified: Date;
}

export interface VersionsPage {
  /** By key; of one key the newest first. Delete markers are left out. */
  versions: StoredVersion[];
  /** Where the next page begins; undefined after the last. */
  next: { key: string; versionId: string } | undefined;
}

/**
 * One page of the versions below a prefix, those that are not the newest any more too; at most 1,000.
 *
 * @param options.from the version behind which the page begins, `next` of the page before
 * @throws HikyakuError storage-refused, storage-unavailable
 */
export async function listVersions(
  client: S3Client,
  options: {
    bucket: string;
    prefix: string;
    from?: { key: string; versionId: string } | undefined;
    pageSize?: number;
    signal?: AbortSignal;
  },
): Promise<VersionsPage> {
  const { bucket, prefix, from, pageSize, signal } = options;
  try {
    const page = await client.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        ...(from ? { KeyMarker: from.key } : {}),
        ...(from?.versionId ? { VersionIdMarker: from.versionId } : {}),
        ...(pageSize ? { MaxKeys: pageSize } : {}),
      }),
      signal ? { abortSignal: signal } : {},
    );
    return {
      versions: (page.Versions ?? []).map((version) => ({
        key: version.Key ?? '',
        versionId: version.VersionId || 'null',
        etag: unquoted(version.ETag ?? ''),
        sizeBytes: version.Size ?? 0,
        lastModified: version.LastModified ?? new Date(0),
      })),
      next:
        page.IsTruncated && page.NextKeyMarker
          ? { key: page.NextKeyMarker, versionId: page.NextVersionIdMarker ?? '' }
          : undefined,
    };
  } catch (error) {
    throw storageError(error);
  }
}

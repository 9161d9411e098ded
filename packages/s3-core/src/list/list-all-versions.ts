import type { S3Client } from '@aws-sdk/client-s3';
import { listVersions, type StoredVersion, type VersionsPage } from './list-versions.ts';

/**
 * Every version below a prefix, page by page as it is read: by key, of one key the newest first. Delete markers are left out.
 *
 * @throws HikyakuError object-missing (no such bucket), storage-refused, storage-unavailable; the signal's reason
 */
export async function* listAllVersions(
  client: S3Client,
  options: { bucket: string; prefix: string; pageSize?: number; signal?: AbortSignal },
): AsyncGenerator<StoredVersion, void, undefined> {
  let from: VersionsPage['next'];
  do {
    options.signal?.throwIfAborted();
    const page = await listVersions(client, { ...options, from });
    yield* page.versions;
    from = page.next;
  } while (from);
}

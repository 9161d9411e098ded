import type { DownloadedObject } from '@hikyaku/s3-core/download';
import { type S3Address, s3Url } from '../../arguments/s3-address.ts';

/** What scripts get of an object that has come. */
export function downloadResult(object: S3Address, downloaded: DownloadedObject) {
  const { path, sizeBytes, versionId, etag, verified, fetchedBytes, resumedBytes } = downloaded;
  return {
    from: s3Url(object),
    path,
    sizeBytes,
    versionId,
    etag,
    verified: verified ?? null,
    fetchedBytes,
    resumedBytes,
  };
}

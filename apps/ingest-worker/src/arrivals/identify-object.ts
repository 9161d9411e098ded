import { findObject, resolveVersion } from '@hikyaku/s3-core';
import type { ObjectCreated } from '@hikyaku/s3-core/events';
import type { ArrivedObject } from '@hikyaku/db/ledger';
import type { S3Client } from '@aws-sdk/client-s3';

/** ETag of an object that was gone, with all its versions, before anybody could look. */
const unknownEtag = 'unknown';

/** Which version an event speaks of. Asks S3 only where the event doesn't say. */
export async function identifyObject(s3: S3Client, event: ObjectCreated): Promise<ArrivedObject> {
  const { bucket, key, sequencer, at } = event;
  const order = { at, ...(sequencer ? { sequencer } : {}) };
  if (event.versionId && event.etag && event.sizeBytes !== undefined) {
    return { bucket, key, versionId: event.versionId, etag: event.etag, sizeBytes: event.sizeBytes, ...order };
  }
  const found = event.versionId
    ? await findObject(s3, { bucket, key, versionId: event.versionId })
    : await resolveVersion(s3, { bucket, key, etag: event.etag });
  if (found) return { bucket, key, versionId: found.versionId, etag: found.etag, sizeBytes: found.sizeBytes, ...order };
  // Deleted for good since: the ledger says that it came, and the run will say that it is missing.
  const etag = event.etag ?? unknownEtag;
  return { bucket, key, versionId: event.versionId ?? 'null', etag, sizeBytes: event.sizeBytes ?? 0, ...order };
}

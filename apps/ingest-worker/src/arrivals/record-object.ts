import type { S3Client } from '@aws-sdk/client-s3';
import { type ArrivedObject, listUnknownObjects, recordArrival, type RecordedArrival } from '@hikyaku/db/ledger';
import { listVersions } from '@hikyaku/s3-core';
import { HikyakuError, parseObjectKey } from '@hikyaku/types';
import type { Pool } from 'pg';

/** A listing of the versions of one key ends here: further ones are left to reconciliation. */
const mostOlderVersions = 1_000;

/**
 * Records an object and, before it, the older versions of its key that no event has announced yet: so versions of one key
 * stand in the ledger in S3's order, whatever the order of their events. A key of our own has one version, and what fits
 * nothing needs no order; for others S3 is asked, once for each new version.
 *
 * @throws HikyakuError storage-unavailable; errors of `pg`
 */
export async function recordObject(
  { pool, s3 }: { pool: Pool; s3: S3Client },
  object: ArrivedObject,
): Promise<RecordedArrival[]> {
  const { datasetSlug, uploadId } = parseObjectKey(object.key);
  const mayHaveOlder = object.versionId !== 'null' && datasetSlug !== undefined && uploadId === undefined;
  const isKnown = async () => (await listUnknownObjects(pool, object.bucket, [object])).length === 0;
  const older = mayHaveOlder && !(await isKnown()) ? await listOlderVersions(s3, object) : [];
  const recorded: RecordedArrival[] = [];
  const [newest = object, ...before] = chained([object, ...older]);
  const unknown = await listUnknownObjects(pool, object.bucket, before);
  for (const version of unknown.toReversed()) recorded.push(await recordArrival(pool, version));
  recorded.push(await recordArrival(pool, newest));
  return recorded;
}

/** Each with the version before it. */
function chained(newestFirst: readonly ArrivedObject[]): ArrivedObject[] {
  return newestFirst.map((version, index) => {
    const previous = newestFirst[index + 1];
    return previous ? { ...version, previousVersionId: previous.versionId } : version;
  });
}

/** Newest first. None where S3 doesn't let us look: what it did announce is recorded all the same. */
async function listOlderVersions(s3: S3Client, object: ArrivedObject): Promise<ArrivedObject[]> {
  const { bucket, key, versionId } = object;
  try {
    const page = await listVersions(s3, { bucket, prefix: key, from: { key, versionId }, pageSize: mostOlderVersions });
    // Longer keys with this prefix come after all versions of the key itself.
    return page.versions
      .filter((version) => version.key === key)
      .map((version) => ({ bucket, ...version, at: version.lastModified }));
  } catch (error) {
    if (error instanceof HikyakuError && !error.retriable) return [];
    throw error;
  }
}

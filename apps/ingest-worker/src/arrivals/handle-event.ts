import type { S3Client } from '@aws-sdk/client-s3';
import { noteDeletedObject, type RecordedArrival } from '@hikyaku/db/ledger';
import type { Pool } from 'pg';
import type { ObjectEvent } from '@hikyaku/s3-core/events';
import { identifyObject } from './identify-object.ts';
import { recordObject } from './record-object.ts';

/**
 * Writes one event into the ledger. Again, or in another order, it changes nothing. Returns the arrivals it told of.
 *
 * @throws HikyakuError storage-refused, storage-unavailable; errors of `pg`
 */
export async function handleEvent(
  dependencies: { pool: Pool; s3: S3Client },
  event: ObjectEvent,
): Promise<RecordedArrival[]> {
  if (event.kind === 'created') return recordObject(dependencies, await identifyObject(dependencies.s3, event));
  const { bucket, key, versionId = 'null', at } = event;
  // A delete marker hides an object and takes nothing from it: its versions are read by their ids.
  if (event.isPermanent) await noteDeletedObject(dependencies.pool, { bucket, key, versionId, at });
  return [];
}

import { catObject } from '@hikyaku/s3-core/read';
import type { S3Object } from '../../arguments/s3-address.ts';
import { writeAll } from '../../output/write-all.ts';
import { openStorage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';

export interface CatFlags extends StorageFlags {
  versionId?: string;
}

/** The bytes as they come; an error in the end where they are not those that S3 names. */
export async function runCat(world: World, flags: CatFlags, { bucket, key }: S3Object): Promise<void> {
  const { signal, environment } = world;
  await using storage = await openStorage(environment, flags);
  const object = await catObject(storage.s3, { bucket, key, versionId: flags.versionId }, { signal });
  if (object.status === 'not-modified') return;
  for await (const bytes of object.body) {
    if (await writeAll(world.process.stdout, bytes, signal)) continue;
    object.cancel();
    return;
  }
}

import { catObject, getObject, openObject, readObject } from '@hikyaku/s3-core/read';
import type { Scene } from './scene.ts';

export async function readExample({ client, bucket, log }: Scene): Promise<void> {
  // In memory, with what S3 says about it; more than 16 MiB is refused unless told otherwise.
  const found = await getObject(client, { bucket, key: 'hello.txt' }, { withTags: true, limitBytes: 1_000 });
  if (found.status !== 'found') return;
  log(String(found.body), found.contentType, found.lastModified, found.tags);

  // That nothing has changed is a result.
  const again = await getObject(client, { bucket, key: 'hello.txt' }, { ifNoneMatch: found.etag });
  log(again.status);

  // As it comes.
  const stream = await catObject(client, { bucket, key: 'hello.txt' });
  if (stream.status === 'found') for await (const bytes of stream.body) log(bytes.length);

  // One version, exactly, as an event spoke of it.
  const version = { bucket, key: 'hello.txt', versionId: found.versionId, etag: found.etag };
  log((await readObject(client, version, 1_000)).length);
  for await (const bytes of await openObject(client, version)) log(bytes.length);
}

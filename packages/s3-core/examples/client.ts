import { Readable } from 'node:stream';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  createS3Client,
  findListedObject,
  findObject,
  listParts,
  partCountOf,
  plannedPartBytes,
  planParts,
  refuseSilence,
  resolveEndpoint,
  resolveVersion,
  storageError,
  unquoted,
} from '@hikyaku/s3-core';
import type { Scene } from './scene.ts';

/** One client for a process; credentials come from where the SDK looks for them. */
export async function clientExample({ bucket, client, log }: Scene): Promise<void> {
  const own = createS3Client({ region: 'ap-northeast-1', silenceSeconds: 30, maxConnections: 20 });
  log(String(await resolveEndpoint(own, bucket)));
  own.destroy();

  // Whatever a stream comes from: of one that says nothing for so long no more is waited for.
  for await (const bytes of refuseSilence(Readable.from([Buffer.from('some')]), 30)) log(bytes.length);

  // undefined of what isn't there; an error only of what went wrong.
  const head = await findObject(client, { bucket, key: 'hello.txt' });
  log(head?.sizeBytes, head?.etag === unquoted(`"${head?.etag}"`));
  log(await findListedObject(client, { bucket, key: 'hello.txt' }));
  log(await resolveVersion(client, { bucket, key: 'hello.txt', etag: head?.etag }));
  // Of whatever the SDK threw: gone, refused or away.
  log(storageError(new Error('connection reset')).code);

  // Parts by hand, as whoever hands them out to others does it; `uploadObject` does it all.
  const plan = planParts(200 * 1024 ** 2);
  log(
    plan.partCount,
    partCountOf({ sizeBytes: 200 * 1024 ** 2, ...plan }),
    plannedPartBytes({ sizeBytes: 5, partSizeBytes: 3 }, 2),
  );
  const upload = await createMultipartUpload(client, { bucket, key: 'parts', contentType: 'text/csv' });
  const parts = (await listParts(client, upload)) ?? [];
  if (parts.length === 0) await abortMultipartUpload(client, upload);
  else {
    const sent = parts.map(({ partNumber, etag, sha256 = '' }) => ({ partNumber, etag, sha256 }));
    await completeMultipartUpload(client, upload, sent);
  }
}

import { listAllVersions, listObjects, listVersions, measureObjects } from '@hikyaku/s3-core/list';
import type { Scene } from './scene.ts';

export async function listExample({ client, bucket, log }: Scene): Promise<void> {
  for await (const entry of listObjects(client, { bucket, prefix: '', delimiter: '/' })) {
    log(entry.kind === 'object' ? `${entry.key} ${entry.sizeBytes}` : entry.prefix);
  }
  const { count, totalBytes } = await measureObjects(client, { bucket, prefix: '2026/' });
  log(count, totalBytes);

  // By key, of one key the newest first.
  for await (const version of listAllVersions(client, { bucket, prefix: '' })) log(version.key, version.versionId);
  const page = await listVersions(client, { bucket, prefix: '', pageSize: 10 });
  log(page.versions.length, page.next);
}

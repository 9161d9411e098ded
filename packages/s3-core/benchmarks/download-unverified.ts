import type { S3Client } from '@aws-sdk/client-s3';
import { fetchMissing } from '../src/download/fetch-missing.ts';
import { createSourcePool } from '../src/download/http/source-pool.ts';
import { journalHeadOf } from '../src/download/journal.ts';
import { pinObject } from '../src/download/pin-object.ts';
import { openTemporaryFile } from '../src/download/temporary-file.ts';
import { createRetryBudget } from '../src/retry/index.ts';

/** A download as `downloadObject` does it, but for its digest: what that costs is what this doesn't. Not for use. */
export async function downloadUnverified(
  client: S3Client,
  object: { bucket: string; key: string },
  path: string,
): Promise<void> {
  const sources = createSourcePool();
  const pinned = await pinObject(client, object);
  const temporary = await openTemporaryFile(path, journalHeadOf(pinned, 4 * 1024 ** 2), { isDurable: false });
  await fetchMissing(client, pinned, temporary, {
    connections: 4,
    sources,
    silenceSeconds: 30,
    budget: createRetryBudget(),
    onWhole: () => undefined,
  });
  await temporary.publish();
  sources.close();
}

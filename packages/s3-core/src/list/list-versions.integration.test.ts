import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudAccount } from '@hikyaku/local-cloud';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listVersions, type VersionsPage } from './list-versions.ts';

let account: CloudAccount;
let s3: S3Client;
/** By key, in the order in which they were put. */
const put = new Map<string, string[]>();

beforeAll(async () => {
  account = await testAccount();
  s3 = new S3Client({
    endpoint: testCloud().s3?.endpoint ?? '',
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  for (const Key of ['incoming/a', 'incoming/b c+%é', 'incoming/b c+%é', 'incoming/b c+%é', 'incoming/z', 'other/a']) {
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key, Body: Key }));
    put.set(Key, [...(put.get(Key) ?? []), VersionId ?? '']);
  }
  await s3.send(new DeleteObjectCommand({ Bucket: account.bucket, Key: 'incoming/b c+%é' }));
});

afterAll(async () => {
  s3.destroy();
  await account.delete();
});

async function listAll(pageSize: number): Promise<VersionsPage['versions']> {
  const versions: VersionsPage['versions'] = [];
  let from: VersionsPage['next'];
  do {
    const page = await listVersions(s3, { bucket: account.bucket, prefix: 'incoming/', from, pageSize });
    expect(page.versions.length).toBeLessThanOrEqual(pageSize);
    versions.push(...page.versions);
    from = page.next;
  } while (from);
  return versions;
}

test.each([1, 2, 3, 1_000])(
  'in pages of %i every version comes once, of one key the newest first, and no delete marker',
  async (pageSize) => {
    const versions = await listAll(pageSize);
    const expected = [...put]
      .filter(([key]) => key.startsWith('incoming/'))
      .flatMap(([key, ids]) => ids.toReversed().map((versionId) => ({ key, versionId })));
    expect(versions.map(({ key, versionId }) => ({ key, versionId }))).toEqual(expected);
    expect(versions[0]).toMatchObject({
      sizeBytes: 'incoming/a'.length,
      etag: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(Math.abs((versions[0]?.lastModified.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  },
);

test('behind a version come the older ones of its key', async () => {
  const key = 'incoming/b c+%é';
  const [first, second] = put.get(key) ?? [];
  const page = await listVersions(s3, {
    bucket: account.bucket,
    prefix: key,
    from: { key, versionId: second ?? '' },
  });
  expect(page.versions.map(({ versionId }) => versionId)).toEqual([first]);
});

test('a bucket that is not there is an error', async () => {
  await expect(listVersions(s3, { bucket: 'no-such-bucket-anywhere', prefix: 'a' })).rejects.toMatchObject({
    code: 'object-missing',
  });
});

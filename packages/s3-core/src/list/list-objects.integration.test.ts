import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileKeys } from '../../test/hostile-keys.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { mapKeys } from '../many/index.ts';
import { listAllVersions, type ListedObject, type ListedPrefix, listObjects, measureObjects } from './index.ts';

let bucket: TestBucket;
// Each costs a PUT and a DELETE.
const someHostileKeys = hostileKeys.filter((_, index) => index % 3 === 0);
const tree = ['tree/a', 'tree/b/1', 'tree/b/2', 'tree/c/d/3', 'tree/e'];

beforeAll(async () => {
  bucket = await openTestBucket();
  const put = (key: string) => bucket.put(key, Buffer.from(key));
  for await (const result of mapKeys([...tree, ...someHostileKeys], put)) expect(result).toMatchObject({ ok: true });
});
afterAll(() => bucket.close());

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}
const list = (options: { prefix: string; startAfter?: string }) =>
  all(listObjects(bucket.s3, { bucket: bucket.bucket, delimiter: '/', ...options }));
const nameOf = (entry: ListedObject | ListedPrefix) => (entry.kind === 'object' ? entry.key : entry.prefix);
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

test.each([10, 1_000])(
  'every key once, as it is, in the order of its bytes, however hostile: %i a page',
  async (pageSize) => {
    const keys = (await all(listObjects(bucket.s3, { bucket: bucket.bucket, pageSize }))).map(nameOf);
    expect(keys).toEqual([...tree, ...someHostileKeys].toSorted(byBytes));
  },
);

test('an entry says size, ETag and time', async () => {
  const [first] = await all(listObjects(bucket.s3, { bucket: bucket.bucket, prefix: 'tree/a' }));
  expect(first).toMatchObject({
    kind: 'object',
    key: 'tree/a',
    sizeBytes: 6,
    etag: expect.stringMatching(/^[0-9a-f]{32}$/),
    lastModified: expect.any(Date),
  });
});

test('behind a delimiter, keys are told together', async () => {
  expect((await list({ prefix: 'tree/' })).map((entry) => `${entry.kind} ${nameOf(entry)}`)).toEqual([
    'object tree/a',
    'object tree/e',
    'prefix tree/b/',
    'prefix tree/c/',
  ]);
  expect((await list({ prefix: 'tree/', startAfter: 'tree/c/z' })).map(nameOf)).toEqual(['tree/e']);
  expect(await list({ prefix: 'nothing/' })).toEqual([]);
});

test('objects are counted and added up', async () => {
  expect(await measureObjects(bucket.s3, { bucket: bucket.bucket, prefix: 'tree/', pageSize: 2 })).toEqual({
    count: 5,
    totalBytes: tree.join('').length,
  });
});

test('all versions are listed, over the pages', async () => {
  await bucket.put('tree/a', Buffer.from('again'));
  const listed = await all(listAllVersions(bucket.s3, { bucket: bucket.bucket, prefix: 'tree/', pageSize: 2 }));
  expect(listed.map(({ key, sizeBytes }) => `${key} ${sizeBytes}`)).toEqual([
    'tree/a 5',
    'tree/a 6',
    'tree/b/1 8',
    'tree/b/2 8',
    'tree/c/d/3 10',
    'tree/e 6',
  ]);
});

test('a listing that is left or aborted asks for no more', async () => {
  const controller = new AbortController();
  const options = { bucket: bucket.bucket, pageSize: 2, signal: controller.signal };
  const reason = new Error('enough');
  const reading = (async () => {
    for await (const _ of listObjects(bucket.s3, options)) controller.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
  await expect(all(listObjects(bucket.s3, { bucket: 'no-such-bucket-anywhere' }))).rejects.toMatchObject({
    code: 'no-such-bucket',
  });
});

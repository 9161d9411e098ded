import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { listObjects } from '../list/index.ts';
import { downloadObjects } from './index.ts';

const good = ['in/a.csv', 'in/売上/令和8年 11月.csv', 'in/売上/2.csv', 'in/z'];
const hostile = ['in/../../outside', 'in//double', 'in/a.csv/below'];

let bucket: TestBucket;
let root: string;
let folder: string;

beforeAll(async () => {
  bucket = await openTestBucket();
  for (const key of [...good, ...hostile]) await bucket.put(key, Buffer.from(`content of ${key}`));
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hikyaku-many-'));
  folder = join(root, 'one', 'two');
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));
afterAll(() => bucket.close());

async function* keysBelow(prefix: string): AsyncGenerator<string> {
  for await (const entry of listObjects(bucket.s3, { bucket: bucket.bucket, prefix })) {
    if (entry.kind === 'object') yield entry.key;
  }
}

test('a listing comes into a folder: one result a key, and what is hostile stays outside of the file system', async () => {
  const objects = { bucket: bucket.bucket, keys: keysBelow('in/') };
  const codes: Record<string, string> = {};
  for await (const result of downloadObjects(bucket.s3, objects, folder, { prefix: 'in/', concurrency: 1 })) {
    codes[result.key] = result.ok ? 'ok' : result.error.code;
  }
  expect(codes).toEqual({
    ...Object.fromEntries(good.map((key) => [key, 'ok'])),
    'in/../../outside': 'unsafe-name',
    'in//double': 'unsafe-name',
    'in/a.csv/below': 'target-unusable',
  });
  for (const key of good) expect(String(await readFile(join(folder, key.slice(3))))).toBe(`content of ${key}`);
  expect((await readdir(root, { recursive: true })).toSorted()).toEqual(
    [
      'one',
      'one/two',
      ...['a.csv', 'z', '売上', '売上/2.csv', '売上/令和8年 11月.csv'].map((name) => `one/two/${name}`),
    ].toSorted(),
  );
});

test('a key that is not there is one result among others, in their order', async () => {
  const keys = ['in/a.csv', 'in/nothing', 'in/z'];
  const results = [];
  for await (const result of downloadObjects(bucket.s3, { bucket: bucket.bucket, keys }, folder)) results.push(result);
  expect(results).toMatchObject([
    { key: 'in/a.csv', ok: true, value: { verified: { by: 'etag' } } },
    { key: 'in/nothing', ok: false, error: { code: 'no-such-key' } },
    { key: 'in/z', ok: true },
  ]);
});

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cacheExample } from '../examples/cache.ts';
import { clientExample } from '../examples/client.ts';
import { downloadExample } from '../examples/download.ts';
import { errorsExample } from '../examples/errors.ts';
import { eventsExample } from '../examples/events.ts';
import { listExample } from '../examples/list.ts';
import { manyExample } from '../examples/many.ts';
import { presignExample } from '../examples/presign.ts';
import { readExample } from '../examples/read.ts';
import { retryExample } from '../examples/retry.ts';
import type { Scene } from '../examples/scene.ts';
import { testingExample } from '../examples/testing.ts';
import { uploadExample } from '../examples/upload.ts';
import packageJson from '../package.json' with { type: 'json' };
import { openTestBucket, type TestBucket } from './test-bucket.ts';

const examples = join(import.meta.dirname, '..', 'examples');
let house: TestBucket;
let scene: Scene;
let said: string[];

beforeAll(async () => {
  house = await openTestBucket();
  await house.put('hello.txt', Buffer.from('Hello, S3!'));
});
beforeEach(async () => {
  said = [];
  const log = (...words: unknown[]) => void said.push(words.map(String).join(' '));
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-examples-'));
  scene = { client: house.s3, bucket: house.bucket, folder, log };
});
afterEach(async () => {
  await rm(scene.folder, { recursive: true });
});
afterAll(() => house.close());

test.each<[string, (scene: Scene) => unknown, string[]]>([
  ['client', clientExample, ['https://', '10 true', 'storage-unavailable']],
  ['read', readExample, ['Hello, S3!', 'not-modified']],
  ['download', downloadExample, ['10 of 10', 'md5 10 0', 'true', 'ae8b14860a799888']],
  ['upload', uploadExample, ['crc64nvme ']],
  ['list', listExample, ['hello.txt 10']],
  ['many', manyExample, ['hello.txt found', 'nothing no-such-key']],
  ['presign', presignExample, ['requested Hello, S3!', 'sigv4-maximum', '200']],
  [
    'errors',
    errorsExample,
    ['no-such-key false NoSuchKey tx', 'network true', 'slow-down slower', 'AWS_SECRET_ACCESS_KEY'],
  ],
  ['retry', retryExample, ['50 true']],
  // Nobody listens there: every read comes from S3.
  ['cache', (at) => cacheExample(at, 'redis://127.0.0.1:1'), ['Hello, S3!', 'false']],
  ['events', eventsExample, ['test-event']],
  ['testing', testingExample, ['ok an object comes back']],
])('the example of %s does what it says', async (_, run, expected) => {
  await run(scene);
  const all = said.join('\n');
  for (const words of expected) expect(all).toContain(words);
});

test('every function that is exported is in an example', async () => {
  const files = (await readdir(examples)).filter((name) => name.endsWith('.ts'));
  const texts = (await Promise.all(files.map((name) => readFile(join(examples, name), 'utf8')))).join('\n');
  const missing: string[] = [];
  for (const [subpath, file] of Object.entries(packageJson.exports)) {
    const exported: Record<string, unknown> = await import(join('..', file));
    for (const [name, value] of Object.entries(exported)) {
      const isFunction = typeof value === 'function' && !String(value).startsWith('class ');
      if (isFunction && !new RegExp(`\\b${name}\\(`).test(texts)) missing.push(`${subpath} ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadObject, pathInFolder, prepareTarget } from '../src/download/index.ts';
import { findObject } from '../src/find-object.ts';
import { listObjects } from '../src/list/index.ts';
import { mapKeys } from '../src/many/index.ts';
import { presignGet } from '../src/presign/index.ts';
import { getObject } from '../src/read/index.ts';
import { uploadObject } from '../src/upload/index.ts';
import { hostileKeys } from './hostile-keys.ts';
import { openTestBucket, type TestBucket } from './test-bucket.ts';

let house: TestBucket;
/** Of which one folder may be written to; beside it lies what must stay as it is. */
let root: string;
let folder: string;

beforeAll(async () => {
  house = await openTestBucket();
  root = await mkdtemp(join(tmpdir(), 'hikyaku-hostile-'));
  folder = join(root, 'a', 'b', 'target');
  await mkdir(folder, { recursive: true });
  await writeFile(join(root, 'a', 'x'), 'untouched');
});
afterAll(async () => {
  await house.close();
  await rm(root, { recursive: true, force: true });
});

const bodyOf = (key: string) => Buffer.from(`content of ${JSON.stringify(key)}`);

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const hasDotNames = (key: string) => key.split('/').some((name) => name === '.' || name === '..');

/** As `curl --path-as-is` does it, and no parser of URLs. */
async function getAsItIs(url: string): Promise<Buffer> {
  const [, host = '', path = ''] = /^http:\/\/([^/]+)(\/.*)$/.exec(url) ?? [];
  const [hostname, port] = host.split(':');
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ hostname, port, path, agent: false }, resolve).on('error', reject).end();
  });
  const pieces: Uint8Array[] = [];
  for await (const bytes of answer) pieces.push(bytes);
  return Buffer.concat(pieces);
}

/** What of an object isn't as it should be, by each way there is to it. */
async function walkThrough(key: string): Promise<string[]> {
  const { s3, bucket } = house;
  const body = bodyOf(key);
  const wrong: string[] = [];
  const see = (what: string, isRight: boolean) => {
    if (!isRight) wrong.push(what);
  };
  await uploadObject(s3, { bucket, key }, { stream: streamOf(body) });
  const listed: string[] = [];
  for await (const entry of listObjects(s3, { bucket, prefix: key })) {
    if (entry.kind === 'object') listed.push(entry.key);
  }
  see('list', listed.includes(key));
  see('head', (await findObject(s3, { bucket, key }))?.sizeBytes === body.length);
  const found = await getObject(s3, { bucket, key });
  see('get', found.status === 'found' && found.body.equals(body));
  const { url } = await presignGet(s3, { bucket, key, fileName: key }, 60);
  see('presigned', (await getAsItIs(url)).equals(body));
  if (hasDotNames(key)) {
    // A browser takes them out of every URL: then it isn't what was signed, and nobody gets another object for it.
    see('presigned, through a browser', (await fetch(url, { redirect: 'error' })).status === 403);
  }
  // A folder of its own, for one key may be the folder of another.
  const own = await mkdtemp(join(folder, 'key-'));
  const path = await prepareTarget(own, key).catch((error: unknown) => error);
  if (typeof path === 'string') {
    await downloadObject(s3, { bucket, key }, path);
    see('download', path === pathInFolder(own, key) && (await readFile(path)).equals(body));
  } else see('refused as a name', path instanceof HikyakuError && path.code === 'unsafe-name');
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  see('deleted', (await findObject(s3, { bucket, key })) === undefined);
  return wrong;
}

test(`${hostileKeys.length} hostile keys are what they are: put, listed, read, signed, downloaded, deleted`, async () => {
  expect(hostileKeys.length).toBeGreaterThanOrEqual(120);
  const wrong: Record<string, unknown> = {};
  for await (const result of mapKeys(hostileKeys, walkThrough, { concurrency: 4 })) {
    const found = result.ok ? result.value : [String(result.error)];
    if (found.length > 0) wrong[JSON.stringify(result.key)] = found;
  }
  expect(wrong).toEqual({});
  const outside = (await readdir(root, { recursive: true })).filter((path) => !path.startsWith('a/b/target'));
  expect(outside.toSorted()).toEqual(['a', 'a/b', 'a/x']);
  expect(await readFile(join(root, 'a', 'x'), 'utf8')).toBe('untouched');
});

test.each(['a\0b', 'x'.repeat(1_025), '売'.repeat(342)])(
  'a key that S3 has no place for is refused and leaves nothing: %j',
  async (key) => {
    const upload = uploadObject(house.s3, { bucket: house.bucket, key }, { stream: streamOf(bodyOf(key)) });
    const error: unknown = await upload.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(HikyakuError);
    expect(() => pathInFolder(folder, key)).toThrow(expect.objectContaining({ code: 'unsafe-name' }));
  },
);

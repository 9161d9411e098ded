import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { testAccount } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  createS3Client,
  findObject,
  listParts,
  type MultipartUpload,
} from './index.ts';
import { presignPart } from './presign/presign-part.ts';

let account: Awaited<ReturnType<typeof testAccount>>;
let s3: S3Client;

beforeAll(async () => {
  account = await testAccount();
  for (const [name, value] of Object.entries(account.environment('api'))) vi.stubEnv(name, value);
  s3 = createS3Client({
    region: account.region,
    endpoint: process.env['AWS_ENDPOINT_URL_S3'],
    forcePathStyle: true,
  });
});
afterAll(async () => {
  s3.destroy();
  vi.unstubAllEnvs();
  await account.delete();
});

test('more parts than one answer lists are all listed, in order', async () => {
  const upload = await begin('many');
  const numbers = [1, 2, 3, 4, 5, 6, 7];
  await Promise.all(numbers.map((number) => send(upload, number, 'x')));
  // Two to an answer instead of a thousand.
  s3.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, MaxParts: 2 } }), {
    step: 'initialize',
    name: 'twoParts',
  });
  expect((await listParts(s3, upload))?.map(({ partNumber }) => partNumber)).toEqual(numbers);
  s3.middlewareStack.remove('twoParts');
  expect(await abortMultipartUpload(s3, upload)).toBe(true);
  expect(await listParts(s3, upload)).toBeUndefined();
});

test('completing and aborting may be repeated, and neither undoes the other', async () => {
  const upload = await begin('once');
  await send(upload, 1, 'whole');
  const parts = await listParts(s3, upload);
  const complete = () =>
    completeMultipartUpload(s3, upload, parts?.map((part) => ({ ...part, sha256: digestOf('whole').sha256 })) ?? []);
  await complete();
  await complete();
  expect(await listParts(s3, upload)).toBeUndefined();
  expect(await abortMultipartUpload(s3, upload)).toBe(true);
  expect(await findObject(s3, upload)).toMatchObject({ sizeBytes: 5, contentType: 'text/csv' });

  const aborted = await begin('never');
  for (let time = 0; time < 2; time += 1) expect(await abortMultipartUpload(s3, aborted)).toBe(true);
  expect(await findObject(s3, aborted)).toBeUndefined();
});

test('a refusal of the store is an error', async () => {
  const elsewhere = { bucket: account.bucket, key: 'exports/x', contentType: 'text/csv' };
  const refused = { code: 'storage-refused', details: { status: 403 } };
  await expect(createMultipartUpload(s3, elsewhere)).rejects.toMatchObject(refused);
});

function begin(name: string): Promise<MultipartUpload> {
  return createMultipartUpload(s3, { bucket: account.bucket, key: `incoming/${name}`, contentType: 'text/csv' });
}

async function send(upload: MultipartUpload, partNumber: number, text: string): Promise<void> {
  const part = { partNumber, sizeBytes: text.length, digest: digestOf(text) };
  const { url, headers } = await presignPart(s3, upload, part, 60);
  const { status } = await fetch(url, { method: 'PUT', headers, body: text });
  expect(status).toBe(200);
}

function digestOf(text: string) {
  const digest = (algorithm: string) => createHash(algorithm).update(text).digest('base64');
  return { md5: digest('md5'), sha256: digest('sha256') };
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ChecksumServer, openChecksumServer } from '../../test/checksum-server.ts';
import { clientFor } from '../../test/client-for.ts';
import { createCompositeDigest, createDigest, type DigestAlgorithm, downloadObject } from './index.ts';

const body = randomBytes(100_000);
const etag = 'not-a-digest';

let server: ChecksumServer;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  server = await openChecksumServer({ body, etag, headers: {} });
  s3 = clientFor({ endpoint: server.endpoint, region: 'us-east-1', accessKeyId: 'x', secretAccessKey: 'x' });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-checksums-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(async () => {
  s3.destroy();
  await server.close();
});

const download = (options = {}) =>
  downloadObject(s3, { bucket: 'bucket', key: 'key' }, join(folder, 'target'), { rangeBytes: 7_000, ...options });

async function wholeChecksum(algorithm: DigestAlgorithm, bytes = body): Promise<string> {
  const digest = createDigest(algorithm);
  digest.update(bytes);
  return (await digest.finish()).toString('base64');
}

async function partsChecksum(algorithm: DigestAlgorithm, partSizes: readonly number[]): Promise<string> {
  const digest = createCompositeDigest(algorithm, (index) => partSizes[index]);
  digest.update(body);
  return `${(await digest.finish()).toString('base64')}-${partSizes.length}`;
}

const algorithms = ['crc64nvme', 'crc32c', 'crc32', 'sha256', 'sha1'] as const;

test.each(algorithms)('a %s of the whole is what a download has to fit', async (algorithm) => {
  const digest = await wholeChecksum(algorithm);
  server.object = { body, etag, headers: { [`x-amz-checksum-${algorithm}`]: digest } };
  expect((await download()).verified).toEqual({ by: 'checksum', algorithm, digest });
  const damaged = Buffer.from(body);
  damaged.writeUInt8(damaged.readUInt8(50_000) ^ 1, 50_000);
  server.object = { ...server.object, body: damaged };
  await rm(join(folder, 'target'));
  await expect(download()).rejects.toMatchObject({ code: 'checksum-mismatch', details: { algorithm } });
  expect(await readdir(folder)).toEqual([]);
});

test.each(['crc32c', 'crc32', 'sha256', 'sha1'] as const)(
  'a %s of parts is made of parts of the sizes that S3 tells, over its pages, even where they differ',
  async (algorithm) => {
    const partSizes = [20_000, 50_000, 1, 29_999];
    const digest = await partsChecksum(algorithm, partSizes);
    server.object = { body, etag, headers: { [`x-amz-checksum-${algorithm}`]: digest }, partSizes };
    expect((await download()).verified).toEqual({ by: 'checksum', algorithm, digest });
    expect((await readFile(join(folder, 'target'))).equals(body)).toBe(true);
    server.object = { ...server.object, partSizes: [20_000, 50_000, 29_999, 1] };
    await expect(download()).rejects.toMatchObject({ code: 'checksum-mismatch' });
  },
);

test('where S3 does not tell the parts, who sent them can', async () => {
  const digest = await partsChecksum('crc32c', [30_000, 30_000, 30_000, 10_000]);
  server.object = { body, etag, headers: { 'x-amz-checksum-crc32c': digest } };
  await expect(download()).rejects.toMatchObject({ code: 'not-verifiable', retriable: false });
  const { verified } = await download({ known: { partSizeBytes: 30_000 } });
  expect(verified).toEqual({ by: 'checksum', algorithm: 'crc32c', digest });
});

test('an ETag under a KMS key is no digest, and then nothing is verifiable unless that is accepted', async () => {
  const md5 = Buffer.from(await wholeChecksum('md5'), 'base64').toString('hex');
  const encrypted = { 'x-amz-server-side-encryption': 'aws:kms' };
  server.object = { body, etag: md5, headers: encrypted };
  server.requests = [];
  await expect(download()).rejects.toMatchObject({ code: 'not-verifiable' });
  // Told before anything is fetched.
  expect(server.requests).toHaveLength(1);
  expect((await download({ acceptUnverified: true })).verified).toBeUndefined();
  server.object = { body, etag: md5, headers: {} };
  expect((await download()).verified).toMatchObject({ by: 'etag', algorithm: 'md5' });
});

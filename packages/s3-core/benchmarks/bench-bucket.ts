import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { startLocalCloud } from '@hikyaku/local-cloud';
import { bundleProgram } from './bundle-program.ts';
import { createDigest, prepareDigest } from '../src/download/index.ts';
import { clientFor, type S3Access } from '../test/client-for.ts';

const partBytes = 16 * 1024 ** 2;

/** One object as our own uploads make them, in parts of 16 MiB. */
export interface BenchObject {
  key: string;
  sizeBytes: number;
  /** In hexadecimal. */
  sha256: string;
  /** Of the whole, in base64. */
  crc32c: string;
  crc64nvme: string;
}

export type BenchBucket = Awaited<ReturnType<typeof openBenchBucket>>;

/** The embedded gateway with a bucket, and a folder for files. */
export async function openBenchBucket() {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-bench-s3-'));
  const cloud = await startLocalCloud({ dataFolder: join(folder, 'cloud'), parts: new Set(['s3', 'sqs', 'events']) });
  if (!cloud.s3) throw new Error('the bench needs S3');
  const account = await cloud.createAccount({ name: 'bench', bucket: 'bench-files', corsOrigins: [] });
  const { bucket, region } = account;
  const access: S3Access = { endpoint: cloud.s3.endpoint, region, ...account.owner };
  const s3 = clientFor(access);
  const program = await bundleProgram('downloading');
  return {
    folder,
    /** Our download as a program in one file. */
    program,
    bucket,
    access,
    presignedUrl: (key: string) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 86_400 }),
    put: (key: string, sizeBytes: number) => putInParts(s3, { Bucket: bucket, Key: key }, sizeBytes),
    async close() {
      s3.destroy();
      await cloud.stop({ discard: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function putInParts(
  s3: S3Client,
  object: { Bucket: string; Key: string },
  sizeBytes: number,
): Promise<BenchObject> {
  const hash = createHash('sha256');
  await prepareDigest('crc64nvme');
  const crcs = { crc32c: createDigest('crc32c'), crc64nvme: createDigest('crc64nvme') };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object));
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (let sent = 0; sent < sizeBytes; sent += partBytes) {
    const Body = randomBytes(Math.min(partBytes, sizeBytes - sent));
    hash.update(Body);
    for (const crc of Object.values(crcs)) crc.update(Body);
    const PartNumber = Parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
  const [crc32c, crc64nvme] = [await crcs.crc32c.finish(), await crcs.crc64nvme.finish()];
  return {
    key: object.Key,
    sizeBytes,
    sha256: hash.digest('hex'),
    crc32c: crc32c.toString('base64'),
    crc64nvme: crc64nvme.toString('base64'),
  };
}

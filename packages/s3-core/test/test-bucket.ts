import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CloudAccount } from '@hikyaku/local-cloud';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { clientFor, type S3Access } from './client-for.ts';

export interface TestBucket {
  account: CloudAccount;
  bucket: string;
  s3: S3Client;
  host: string;
  port: number;
  /** Through this port, where a proxy listens. */
  access(port?: number): S3Access;
  put(key: string, body: Uint8Array): Promise<void>;
  putInParts(key: string, body: Uint8Array, partSizeBytes: number): Promise<void>;
  /** What is written from now on has versions, as at the beginning, or not. */
  keepVersions(isKept: boolean): Promise<void>;
  close(): Promise<void>;
}

/** An account of the test's own with its bucket. */
export async function openTestBucket(): Promise<TestBucket> {
  const account = await testAccount();
  const endpoint = new URL(testCloud().s3?.endpoint ?? '');
  const access = (port = Number(endpoint.port)) => ({
    endpoint: `${endpoint.protocol}//${endpoint.hostname}:${port}`,
    region: account.region,
    ...account.owner,
  });
  const s3 = clientFor(access());
  return {
    account,
    bucket: account.bucket,
    s3,
    host: endpoint.hostname,
    port: Number(endpoint.port),
    access,
    async put(key, body) {
      await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: key, Body: body }));
    },
    async putInParts(key, body, partSizeBytes) {
      const object = { Bucket: account.bucket, Key: key };
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object));
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (let at = 0; at < body.length; at += partSizeBytes) {
        const PartNumber = Parts.length + 1;
        const Body = body.subarray(at, at + partSizeBytes);
        const { ETag } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
        Parts.push({ PartNumber, ETag });
      }
      await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
    },
    async keepVersions(isKept) {
      const VersioningConfiguration = { Status: isKept ? 'Enabled' : 'Suspended' } as const;
      await s3.send(new PutBucketVersioningCommand({ Bucket: account.bucket, VersioningConfiguration }));
    },
    async close() {
      s3.destroy();
      await account.delete();
    },
  };
}

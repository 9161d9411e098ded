import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { e2eEnv } from './env.ts';

const { bucket, ...access } = e2eEnv().stack.store;

/** What the object store has, asked as the bucket's owner. */
export function openStore() {
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  return {
    head: async (key: string) => {
      const { ContentLength, ETag } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return { sizeBytes: ContentLength ?? 0, etag: ETag?.replaceAll('"', '') };
    },
    sha256: async (key: string) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const hash = createHash('sha256');
      if (Body) hash.update(await Body.transformToByteArray());
      return hash.digest('hex');
    },
    /** As text, of one byte a character. */
    firstBytes: async (key: string, count: number) => {
      const range = { Bucket: bucket, Key: key, Range: `bytes=0-${count - 1}` };
      return (await s3.send(new GetObjectCommand(range))).Body?.transformToString('latin1');
    },
    /** Keys that have a version, deleted or not, and keys of multipart uploads that are open. */
    contents: async (prefix = '') => {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }));
      const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
      return { objects: Versions.map(({ Key }) => Key), multipartUploads: Uploads.map(({ Key }) => Key) };
    },
    close: () => s3.destroy(),
  };
}

/** The key of a presigned URL that names the bucket in its path. */
export function keyOfUrl(url: string): string {
  return decodeURIComponent(new URL(url).pathname).slice(`/${bucket}/`.length);
}

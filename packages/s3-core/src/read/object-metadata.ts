import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { unquoted } from '../find-object.ts';

/** What S3 says about an object beside its bytes. */
export interface ObjectMetadata {
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  /** `'null'` where the bucket keeps no versions. */
  versionId: string;
  contentType: string | undefined;
  /** Of what the bytes are of, such as `gzip`; they are handed over as they are stored. */
  contentEncoding: string | undefined;
  lastModified: Date | undefined;
  /** At rest. `algorithm` as S3 names it: `AES256`, `aws:kms`; undefined where it says nothing. */
  encryption: { algorithm: string; kmsKeyId: string | undefined } | undefined;
  storageClass: string | undefined;
  /** What whoever stored it wrote beside it, `x-amz-meta-…`. */
  userMetadata: Readonly<Record<string, string>>;
}

/** Of the answer to a HEAD or a GET of the whole. */
export function metadataOf(answer: Omit<HeadObjectCommandOutput, '$metadata'>): ObjectMetadata {
  const { ServerSideEncryption, SSECustomerAlgorithm, SSEKMSKeyId } = answer;
  const algorithm = ServerSideEncryption ?? SSECustomerAlgorithm;
  return {
    sizeBytes: answer.ContentLength ?? 0,
    etag: unquoted(answer.ETag ?? ''),
    versionId: answer.VersionId || 'null',
    contentType: answer.ContentType,
    contentEncoding: answer.ContentEncoding,
    lastModified: answer.LastModified,
    encryption: algorithm ? { algorithm, kmsKeyId: SSEKMSKeyId } : undefined,
    storageClass: answer.StorageClass,
    userMetadata: answer.Metadata ?? {},
  };
}

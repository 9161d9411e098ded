import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { unquoted } from '../find-object.ts';
import type { ObjectClaims } from './plan-verification.ts';

type Answer = Pick<
  HeadObjectCommandOutput,
  | 'ContentLength'
  | 'ETag'
  | 'ServerSideEncryption'
  | 'SSECustomerAlgorithm'
  | 'ChecksumCRC32C'
  | 'ChecksumCRC32'
  | 'ChecksumSHA256'
  | 'ChecksumSHA1'
  | 'ChecksumCRC64NVME'
>;

/** What the answer to a HEAD or a GET says about the bytes. */
export function claimsOf(bucket: string, answer: Answer): Omit<ObjectClaims, 'partSizes'> {
  const etag = unquoted(answer.ETag ?? '');
  return {
    sizeBytes: answer.ContentLength ?? 0,
    etag,
    isEtagDigest: isEtagDigest(bucket, etag, answer),
    checksums: checksumsOf(answer),
  };
}

/**
 * Under KMS or a customer's key, and in directory buckets, an ETag says nothing about the content.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
function isEtagDigest(bucket: string, etag: string, answer: Answer): boolean {
  const isUnderKey = answer.ServerSideEncryption?.startsWith('aws:kms') || answer.SSECustomerAlgorithm !== undefined;
  return !isUnderKey && !bucket.endsWith('--x-s3') && /^[0-9a-f]{32}(-\d+)?$/.test(etag);
}

function checksumsOf(answer: Answer): ObjectClaims['checksums'] {
  const all: { algorithm: ObjectClaims['checksums'][number]['algorithm']; value: string | undefined }[] = [
    { algorithm: 'crc32c', value: answer.ChecksumCRC32C },
    { algorithm: 'crc32', value: answer.ChecksumCRC32 },
    { algorithm: 'sha256', value: answer.ChecksumSHA256 },
    { algorithm: 'sha1', value: answer.ChecksumSHA1 },
    { algorithm: 'crc64nvme', value: answer.ChecksumCRC64NVME },
  ];
  return all.flatMap(({ algorithm, value }) => (value ? [{ algorithm, value }] : []));
}

import {
  GetObjectAttributesCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { storageFailure } from '../errors/storage-failure.ts';
import { unquoted } from '../find-object.ts';
import type { DigestAlgorithm } from './object-digest.ts';

/** One version of one object, and what S3 says its bytes have to be. */
export interface PinnedObject {
  bucket: string;
  key: string;
  /** `'null'` where the bucket keeps no versions: then the ETag alone pins it. */
  versionId: string;
  /** Without quotes. */
  etag: string;
  sizeBytes: number;
  lastModified: Date | undefined;
  contentType: string | undefined;
  /** False where the ETag can't be an MD5: under KMS or a customer's key, and in directory buckets. */
  isEtagDigest: boolean;
  /** As S3 says it: in base64, with `-` and the number of parts where it is one of parts. The cheapest first. */
  checksums: { algorithm: Exclude<DigestAlgorithm, 'md5'>; value: string }[];
  /** Of each part that it was sent in, where S3 tells. */
  partSizes: readonly number[] | undefined;
}

/**
 * The version of an object that is to be read, so that whatever is read afterwards is of this one.
 *
 * @throws HikyakuError no-such-key and all others of `storageErrorCode` that a HEAD may bring
 */
export async function pinObject(
  client: S3Client,
  object: { bucket: string; key: string; versionId?: string | undefined },
  signal?: AbortSignal,
): Promise<PinnedObject> {
  const { bucket, key, versionId } = object;
  const options = signal ? { abortSignal: signal } : {};
  const named = {
    Bucket: bucket,
    Key: key,
    ...(versionId && versionId !== 'null' ? { VersionId: versionId } : {}),
  };
  try {
    const head = await client.send(new HeadObjectCommand({ ...named, ChecksumMode: 'ENABLED' }), options);
    const checksums = checksumsOf(head);
    const pinned = {
      bucket,
      key,
      versionId: head.VersionId || 'null',
      etag: unquoted(head.ETag ?? ''),
      sizeBytes: head.ContentLength ?? 0,
      lastModified: head.LastModified,
      contentType: head.ContentType,
      isEtagDigest: isEtagDigest(bucket, head),
      checksums,
    };
    const isOfParts = checksums.some(({ value }) => value.includes('-'));
    return { ...pinned, partSizes: isOfParts ? await findPartSizes(client, pinned, options) : undefined };
  } catch (error) {
    signal?.throwIfAborted();
    throw storageFailure(error, { details: { key, bucket } });
  }
}

function checksumsOf(head: HeadObjectCommandOutput): PinnedObject['checksums'] {
  const all: { algorithm: PinnedObject['checksums'][number]['algorithm']; value: string | undefined }[] = [
    { algorithm: 'crc32c', value: head.ChecksumCRC32C },
    { algorithm: 'crc32', value: head.ChecksumCRC32 },
    { algorithm: 'sha256', value: head.ChecksumSHA256 },
    { algorithm: 'sha1', value: head.ChecksumSHA1 },
    { algorithm: 'crc64nvme', value: head.ChecksumCRC64NVME },
  ];
  return all.flatMap(({ algorithm, value }) => (value ? [{ algorithm, value }] : []));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html */
function isEtagDigest(bucket: string, head: HeadObjectCommandOutput): boolean {
  const isUnderKey = head.ServerSideEncryption?.startsWith('aws:kms') || head.SSECustomerAlgorithm !== undefined;
  return !isUnderKey && !bucket.endsWith('--x-s3') && /^[0-9a-f]{32}(-\d+)?$/.test(unquoted(head.ETag ?? ''));
}

/** Only asked of stores that keep checksums of parts; others might answer with the whole object. */
async function findPartSizes(
  client: S3Client,
  object: { bucket: string; key: string; versionId: string },
  options: { abortSignal?: AbortSignal },
): Promise<readonly number[] | undefined> {
  const sizes: number[] = [];
  let marker: string | undefined;
  try {
    do {
      const { ObjectParts } = await client.send(
        new GetObjectAttributesCommand({
          Bucket: object.bucket,
          Key: object.key,
          ObjectAttributes: ['ObjectParts'],
          ...(object.versionId === 'null' ? {} : { VersionId: object.versionId }),
          ...(marker ? { PartNumberMarker: marker } : {}),
        }),
        options,
      );
      for (const part of ObjectParts?.Parts ?? []) sizes.push(part.Size ?? 0);
      marker = ObjectParts?.IsTruncated ? ObjectParts.NextPartNumberMarker : undefined;
    } while (marker);
  } catch {
    // A right of its own (s3:GetObjectAttributes): without it the parts are assumed to be alike.
    return undefined;
  }
  return sizes.length > 0 ? sizes : undefined;
}

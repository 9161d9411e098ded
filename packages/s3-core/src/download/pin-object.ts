import { GetObjectAttributesCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { storageFailure } from '../errors/storage-failure.ts';
import { claimsOf } from '../integrity/claims-of.ts';
import type { ObjectClaims } from '../integrity/plan-verification.ts';

/** One version of one object, and what S3 says its bytes have to be. */
export interface PinnedObject extends ObjectClaims {
  bucket: string;
  key: string;
  /** `'null'` where the bucket keeps no versions: then the ETag alone pins it. */
  versionId: string;
  lastModified: Date | undefined;
  contentType: string | undefined;
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
    const pinned = {
      bucket,
      key,
      versionId: head.VersionId || 'null',
      lastModified: head.LastModified,
      contentType: head.ContentType,
      ...claimsOf(bucket, head),
    };
    const isOfParts = pinned.checksums.some(({ value }) => value.includes('-'));
    return { ...pinned, partSizes: isOfParts ? await findPartSizes(client, pinned, options) : undefined };
  } catch (error) {
    signal?.throwIfAborted();
    throw storageFailure(error, { details: { key, bucket } });
  }
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

import type { S3Client } from '@aws-sdk/client-s3';
import { longestSignatureBytes } from '@hikyaku/encryption/minisign';
import { findListedObject, readObject } from '@hikyaku/s3-core';
import { HikyakuError, signatureSuffix } from '@hikyaku/types';

/**
 * The detached signature that lies beside an object: the newest, whichever version of the object it is for.
 *
 * @throws HikyakuError `signature-missing` (retriable: it may be on its way), `signature-invalid` for what is too large to be
 * one, storage-refused, storage-unavailable
 */
export async function readSignature(
  s3: S3Client,
  object: { bucket: string; key: string },
  signal: AbortSignal,
): Promise<Buffer> {
  const key = object.key + signatureSuffix;
  const missing = () => new HikyakuError('signature-missing', { details: { key }, retriable: true });
  const found = await findListedObject(s3, { bucket: object.bucket, key }, signal);
  if (!found) throw missing();
  if (found.sizeBytes > longestSignatureBytes) {
    throw new HikyakuError('signature-invalid', { details: { problem: 'malformed' } });
  }
  return readObject(s3, found, longestSignatureBytes, signal).catch((error: unknown) => {
    // Replaced, or taken away, since it was listed.
    throw error instanceof HikyakuError && error.code === 'object-missing' ? missing() : error;
  });
}

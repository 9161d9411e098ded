import { findUpload, listUploadParts, type UploadPart } from '@hikyaku/db';
import { listParts, type StoredPart } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { multipartOf } from './multipart-of.ts';

/**
 * The parts of an open upload that need not be sent again: S3 has them, and as they were signed last.
 *
 * @throws HikyakuError not-found, upload-not-open (also where S3 knows it no more), invalid-input (a single PUT)
 */
export async function listSentParts(
  { app, s3 }: Pick<Services, 'app' | 's3'>,
  { scope }: Actor,
  uploadId: string,
): Promise<{ partSizeBytes: number; parts: UploadPart[] }> {
  const { upload, signed } = await app.inOrganization(scope, async (transaction) => ({
    upload: await findUpload(transaction, uploadId),
    signed: await listUploadParts(transaction, uploadId),
  }));
  if (!upload) throw new HikyakuError('not-found');
  if (!upload.multipart) throw new HikyakuError('invalid-input');
  const multipart = multipartOf(upload);
  const stored = multipart && (await listParts(s3, multipart));
  if (!stored) throw new HikyakuError('upload-not-open');
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]));
  const parts = signed.filter((part) => isSame(part, byNumber.get(part.partNumber)));
  return { partSizeBytes: upload.multipart.partSizeBytes, parts };
}

/**
 * Not every store tells a part's SHA-256, and an ETag is its MD5 only where no key of KMS lies over it. A part that can't be told
 * apart from an earlier one with the same number is sent again: that costs little.
 */
function isSame({ sizeBytes, digest }: UploadPart, stored: StoredPart | undefined): boolean {
  if (stored?.sizeBytes !== sizeBytes) return false;
  if (stored.sha256 !== undefined) return stored.sha256 === digest.sha256;
  return stored.etag === Buffer.from(digest.md5, 'base64').toString('hex');
}

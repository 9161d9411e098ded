import { listUploadParts, setUploadState, type Upload, type UploadPart } from '@hikyaku/db';
import { completeMultipartUpload, listParts, partCountOf, plannedPartBytes, type StoredPart } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import type { PlannedMultipart } from './multipart-of.ts';

/**
 * Has S3 make one object of the parts, once it has every one as planned and signed. Silent where S3 knows the multipart
 * upload no more: it may have been done before. HEAD tells.
 *
 * @throws HikyakuError upload-not-open, object-missing (with how many parts)
 */
export async function assembleParts(
  { app, s3 }: Pick<Services, 'app' | 's3'>,
  { scope }: Actor,
  upload: Upload,
  multipart: PlannedMultipart & { sizeBytes: number },
): Promise<void> {
  const stored = await listParts(s3, multipart);
  if (!stored) return;
  const signed = await app.inOrganization(scope, (transaction) => listUploadParts(transaction, upload.id));
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]));
  const complete = signed
    .filter((part) => part.sizeBytes === plannedPartBytes(multipart, part.partNumber))
    .flatMap((part) => storedAsSigned(part, byNumber.get(part.partNumber)) ?? []);
  const missing = partCountOf(multipart) - complete.length;
  if (missing > 0) throw new HikyakuError('object-missing', { details: { missing } });
  const isOpen = await app.inOrganization(scope, (transaction) =>
    setUploadState(transaction, upload.id, { state: 'completing' }),
  );
  if (!isOpen) throw new HikyakuError('upload-not-open');
  await completeMultipartUpload(s3, multipart, complete);
}

/** What S3 has for a part, if it is what was signed last: not every store can tell its SHA-256. */
function storedAsSigned(
  { partNumber, sizeBytes, digest: { sha256 } }: UploadPart,
  stored: StoredPart | undefined,
): { partNumber: number; etag: string; sha256: string } | undefined {
  const isSame = stored?.sizeBytes === sizeBytes && (stored.sha256 ?? sha256) === sha256;
  return isSame ? { partNumber, etag: stored.etag, sha256 } : undefined;
}

import { findUpload, listUploadParts, setUploadSize, type Upload, type UploadPart } from '@hikyaku/db';
import { partCountOf, plannedPartBytes } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/**
 * The upload with the length that its sender now tells: that of the parts that were signed. Told before, or planned, it stands and
 * must be the same.
 *
 * @throws HikyakuError empty-file, size-mismatch
 */
export async function endStream(
  { app }: Pick<Services, 'app'>,
  { scope }: Actor,
  upload: Upload,
  sizeBytes: number,
): Promise<Upload> {
  if (sizeBytes === 0) throw new HikyakuError('empty-file');
  return app.inOrganization(scope, async (transaction) => {
    if (upload.sizeBytes === undefined && upload.multipart) {
      const parts = await listUploadParts(transaction, upload.id);
      if (!areWhole(parts, { sizeBytes, partSizeBytes: upload.multipart.partSizeBytes })) {
        throw mismatch(sizeBytes, totalOf(parts));
      }
      await setUploadSize(transaction, upload.id, sizeBytes);
    }
    const ended = (await findUpload(transaction, upload.id)) ?? upload;
    if (ended.sizeBytes !== undefined && ended.sizeBytes !== sizeBytes) throw mismatch(ended.sizeBytes, sizeBytes);
    return ended;
  });
}

function mismatch(expected: number, found: number): HikyakuError {
  return new HikyakuError('size-mismatch', { details: { expected, found } });
}

/** Every part is there, and all but the last are of one size. */
function areWhole(parts: readonly UploadPart[], object: { sizeBytes: number; partSizeBytes: number }): boolean {
  const fits = parts.every((part) => part.sizeBytes === plannedPartBytes(object, part.partNumber));
  return fits && parts.length === partCountOf(object);
}

function totalOf(parts: readonly UploadPart[]): number {
  return parts.reduce((sum, part) => sum + part.sizeBytes, 0);
}

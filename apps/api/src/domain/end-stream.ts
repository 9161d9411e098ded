import { findUpload, setUploadSize, type Upload } from '@hikyaku/db';
import { partCountOf } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/**
 * The upload with the length that its sender now tells. Told before, or planned, it stands and must be the same.
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
  const partSizeBytes = upload.multipart?.partSizeBytes;
  const ended = await app.inOrganization(scope, async (transaction) => {
    if (partSizeBytes !== undefined) {
      await setUploadSize(transaction, upload.id, { sizeBytes, partCount: partCountOf({ sizeBytes, partSizeBytes }) });
    }
    return (await findUpload(transaction, upload.id)) ?? upload;
  });
  if (ended.sizeBytes !== undefined && ended.sizeBytes !== sizeBytes) {
    throw new HikyakuError('size-mismatch', { details: { expected: ended.sizeBytes, found: sizeBytes } });
  }
  return ended;
}

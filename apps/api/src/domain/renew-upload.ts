import { findUpload, recordAuditEvent, setUploadState } from '@hikyaku/db';
import { presignPut, type PresignedPut } from '@hikyaku/s3-core/presign';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { putLifetimeSeconds, uploadLifetimes } from './upload-lifetimes.ts';

/**
 * Signs the same PUT again: the first URL died while a laptop slept, or with the credentials that signed it. Parts are
 * signed again by `signParts`.
 *
 * @throws HikyakuError not-found, upload-not-open, invalid-input (an upload in parts)
 */
export async function renewUpload(
  services: Pick<Services, 'app' | 'browserS3'>,
  actor: Actor,
  uploadId: string,
): Promise<{ put: PresignedPut }> {
  const upload = await services.app.inOrganization(actor.scope, async (transaction) => {
    const found = await findUpload(transaction, uploadId);
    if (!found) throw new HikyakuError('not-found');
    const { sizeBytes } = found;
    if (found.multipart || sizeBytes === undefined) throw new HikyakuError('invalid-input');
    const lifetimes = uploadLifetimes({ isFileInParts: false });
    const isOpen = await setUploadState(transaction, uploadId, { state: found.state, ...lifetimes });
    if (!isOpen) throw new HikyakuError('upload-not-open');
    await recordAuditEvent(transaction, actor.scope, {
      action: 'upload.renew',
      subject: 'upload',
      subjectId: uploadId,
    });
    return { ...found, sizeBytes };
  });
  return { put: await presignPut(services.browserS3, upload, putLifetimeSeconds) };
}

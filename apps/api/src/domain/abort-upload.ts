import { findUpload, recordAuditEvent, setUploadState } from '@hikyaku/db';
import { HikyakuError, type UploadState } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { sweepParts } from './sweep-parts.ts';

/**
 * Gives an upload up, and its parts. Bytes that arrive all the same are recorded and not taken in. An object that S3
 * already has stays: then the answer says `stored`. Parts that S3 can't be asked to drop now are swept later.
 *
 * @throws HikyakuError not-found
 */
export async function abortUpload(
  services: Pick<Services, 'app' | 's3' | 'logger'>,
  actor: Actor,
  uploadId: string,
): Promise<{ state: UploadState }> {
  const upload = await services.app.inOrganization(actor.scope, async (transaction) => {
    const aborted = await setUploadState(transaction, uploadId, { state: 'aborted' });
    const found = await findUpload(transaction, uploadId);
    if (!found) throw new HikyakuError('not-found');
    if (aborted) {
      await recordAuditEvent(transaction, actor.scope, {
        action: 'upload.abort',
        subject: 'upload',
        subjectId: uploadId,
      });
    }
    return found;
  });
  if (upload.state === 'aborted') await sweepParts(services, actor.scope, upload);
  return { state: upload.state };
}

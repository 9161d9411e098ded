import { findUpload, recordAuditEvent, setUploadState } from '@hikyaku/db';
import { HikyakuError, type UploadState } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/**
 * Gives an upload up. Bytes that arrive all the same are recorded and not taken in. What S3 already has stays: then the
 * answer says `stored`.
 *
 * @throws HikyakuError not-found
 */
export function abortUpload(
  services: Pick<Services, 'app'>,
  actor: Actor,
  uploadId: string,
): Promise<{ state: UploadState }> {
  return services.app.inOrganization(actor.scope, async (transaction) => {
    const aborted = await setUploadState(transaction, uploadId, { state: 'aborted' });
    const upload = await findUpload(transaction, uploadId);
    if (!upload) throw new HikyakuError('not-found');
    if (aborted) {
      await recordAuditEvent(transaction, actor.scope, {
        action: 'upload.abort',
        subject: 'upload',
        subjectId: uploadId,
      });
    }
    return { state: upload.state };
  });
}

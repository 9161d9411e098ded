import { type OrganizationScope, setPartsSweep, type Upload } from '@hikyaku/db';
import { abortMultipartUpload } from '@hikyaku/s3-core';
import type { Services } from '../trpc/context.ts';
import { multipartOf } from './multipart-of.ts';

const againAfterMilliseconds = 60_000;

/**
 * Has S3 drop the parts of an upload that has ended, and says when to look again: soon where that failed, once more when
 * no signed URL lives any more that a late part could come by, and then never. Not called for what is still open.
 */
export async function sweepParts(
  { app, s3, logger }: Pick<Services, 'app' | 's3' | 'logger'>,
  scope: OrganizationScope,
  upload: Upload,
): Promise<void> {
  const multipart = multipartOf(upload);
  if (!multipart) return;
  const isGone = await abortMultipartUpload(s3, multipart).catch((error: unknown) => {
    logger.warn({ err: error, uploadId: upload.id }, 'parts not dropped, swept later');
    return false;
  });
  await app.inOrganization(scope, (transaction) => setPartsSweep(transaction, upload.id, nextLook(upload, isGone)));
}

function nextLook({ expiresAt }: Upload, isGone: boolean): Date | null {
  const now = Date.now();
  if (!isGone) return new Date(now + againAfterMilliseconds);
  return expiresAt.getTime() > now ? expiresAt : null;
}

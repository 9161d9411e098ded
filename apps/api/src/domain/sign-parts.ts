import { findUpload, keepUploadParts, setUploadState } from '@hikyaku/db';
import { presignPart, type PresignedPut } from '@hikyaku/s3-core/presign';
import { type BodyDigest, HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { multipartOf } from './multipart-of.ts';
import { partSizer } from './part-sizer.ts';
import { putLifetimeSeconds, uploadLifetimes } from './upload-lifetimes.ts';

interface PartToSign {
  partNumber: number;
  /** Of a stream's part. */
  sizeBytes?: number | undefined;
  digest: BodyDigest;
}

/**
 * Signs some parts of an open upload, each for exactly the bytes that its digests and the plan tell of, and keeps the
 * digests for the worker to compare. A part may be signed again, for other bytes too: the last signing counts.
 *
 * @throws HikyakuError not-found, upload-not-open; what a `PartSizer` throws
 */
export async function signParts(
  services: Pick<Services, 'app' | 'browserS3'>,
  actor: Actor,
  uploadId: string,
  wanted: PartToSign[],
): Promise<{ partNumber: number; put: PresignedPut }[]> {
  const { multipart, parts } = await services.app.inOrganization(actor.scope, async (transaction) => {
    const upload = await findUpload(transaction, uploadId);
    if (!upload) throw new HikyakuError('not-found');
    const begun = multipartOf(upload);
    const sizeOf = await partSizer(transaction, upload);
    const planned = wanted.map((part) => ({ ...part, sizeBytes: sizeOf(part) }));
    const lifetimes = uploadLifetimes({ isFileInParts: upload.sizeBytes !== undefined });
    const isOpen = await setUploadState(transaction, uploadId, { state: 'uploading', ...lifetimes });
    if (!begun || !isOpen) throw new HikyakuError('upload-not-open');
    await keepUploadParts(transaction, actor.scope, uploadId, planned);
    return { multipart: begun, parts: planned };
  });
  return Promise.all(
    parts.map(async (part) => ({
      partNumber: part.partNumber,
      put: await presignPart(services.browserS3, multipart, part, putLifetimeSeconds),
    })),
  );
}

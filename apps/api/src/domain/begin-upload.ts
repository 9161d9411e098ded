import { createUpload, findDataset, recordAuditEvent } from '@hikyaku/db';
import { presignPutObject, type PresignedPut } from '@hikyaku/s3-core';
import { HikyakuError, planObjectKey } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { contentTypeOf } from './file-type.ts';

/** S3's own limit for a single PUT. */
const largestSinglePutBytes = 5 * 1024 ** 3;
export const putLifetimeSeconds = 60 * 60;

export interface NewUploadRequest {
  datasetSlug: string;
  fileName: string;
  sizeBytes: number;
  contentType: string;
  /** Where a script says what it calls this sending: see `beginUploadOnce`. */
  idempotency?: { idempotencyKey: string; requestFingerprint: string };
}

/**
 * Checks what can be checked before a byte is sent, writes the intent down and signs one PUT for exactly this object.
 *
 * @throws HikyakuError dataset-not-found, empty-file, file-too-large, unsupported-file-type
 */
export async function beginUpload(
  services: Pick<Services, 'app' | 'browserS3' | 'bucket'>,
  actor: Actor,
  request: NewUploadRequest,
): Promise<{ uploadId: string; put: PresignedPut }> {
  const uploadId = uuidv7();
  const { organization, token, scope } = actor;
  const stored = await services.app.inOrganization(scope, async (transaction) => {
    const dataset = await findDataset(transaction, request.datasetSlug);
    if (!dataset) throw new HikyakuError('dataset-not-found');
    if (request.sizeBytes === 0) throw new HikyakuError('empty-file', { details: { fileName: request.fileName } });
    const limitBytes = Math.min(dataset.definition.maxFileBytes, largestSinglePutBytes);
    if (request.sizeBytes > limitBytes) {
      throw new HikyakuError('file-too-large', { details: { sizeBytes: request.sizeBytes, limitBytes } });
    }
    const contentType = contentTypeOf(request.fileName, request.contentType);
    const planned = planObjectKey({
      organizationId: organization.id,
      datasetSlug: dataset.slug,
      uploadId,
      fileName: request.fileName,
      at: new Date(),
      timeZone: organization.timeZone,
    });
    await createUpload(transaction, {
      id: uploadId,
      organizationId: organization.id,
      datasetId: dataset.id,
      personId: token ? null : scope.actorId,
      apiTokenId: token?.id ?? null,
      fileName: request.fileName,
      contentType,
      sizeBytes: request.sizeBytes,
      bucket: services.bucket,
      key: planned,
      expiresAt: new Date(Date.now() + putLifetimeSeconds * 1_000),
      ...request.idempotency,
    });
    await recordAuditEvent(transaction, scope, {
      action: 'upload.create',
      subject: 'upload',
      subjectId: uploadId,
      details: { fileName: request.fileName, sizeBytes: request.sizeBytes, dataset: dataset.slug },
    });
    return { key: planned, contentType };
  });
  const put = await presignPutObject(
    services.browserS3,
    { ...stored, bucket: services.bucket, sizeBytes: request.sizeBytes },
    putLifetimeSeconds,
  );
  return { uploadId, put };
}

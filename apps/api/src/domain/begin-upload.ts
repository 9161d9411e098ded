import { createUpload, findDataset, recordAuditEvent, setMultipartUploadId, setUploadState } from '@hikyaku/db';
import { createMultipartUpload } from '@hikyaku/s3-core';
import { presignPut, type PresignedPut } from '@hikyaku/s3-core/presign';
import { type BodyDigest, HikyakuError, planObjectKey } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { contentTypeOf } from './file-type.ts';
import { planUpload } from './plan-upload.ts';
import { refuseOpenFile } from './refuse-open-file.ts';
import { putLifetimeSeconds, uploadLifetimes } from './upload-lifetimes.ts';

/** S3's own limits. */
const largestBytes = { single: 5 * 1024 ** 3, multipart: 5 * 1024 ** 4 };

export interface NewUploadRequest {
  datasetSlug: string;
  fileName: string;
  /** Undefined for a stream whose length isn't known yet: it goes in parts, and `completeUpload` is told. */
  sizeBytes: number | undefined;
  contentType: string;
  /** Where a script says what it calls this sending: see `beginUploadOnce`. */
  idempotency?: { idempotencyKey: string; requestFingerprint: string };
  /** Of the whole file; signed into a single PUT, and of no use to parts. */
  digest?: BodyDigest | undefined;
  /** Default: what fits the size. `single` is for senders that can do no more than one PUT. */
  method?: 'single' | 'multipart' | undefined;
}

interface BegunSinglePut {
  uploadId: string;
  method: 'single';
  put: PresignedPut;
}

/** Parts of this size, the last one shorter; signed by `signParts`. */
interface BegunMultipart {
  uploadId: string;
  method: 'multipart';
  partSizeBytes: number;
}

/**
 * Checks what can be checked before a byte is sent, writes the intent down, and signs one PUT for exactly this object or
 * has S3 begin one that comes in parts.
 *
 * @throws HikyakuError dataset-not-found, empty-file, file-too-large, unsupported-file-type, encryption-required; what `planUpload` throws
 */
export async function beginUpload(
  services: BeginServices,
  actor: Actor,
  request: NewUploadRequest,
): Promise<BegunSinglePut | BegunMultipart> {
  const uploadId = uuidv7();
  const { sizeBytes } = request;
  const plan = planUpload(request);
  const { organization, token, scope } = actor;
  const { key, contentType } = await services.app.inOrganization(scope, async (transaction) => {
    const dataset = await findDataset(transaction, { slug: request.datasetSlug });
    if (!dataset) throw new HikyakuError('dataset-not-found');
    if (sizeBytes === 0) throw new HikyakuError('empty-file', { details: { fileName: request.fileName } });
    const limitBytes = Math.min(dataset.definition.maxFileBytes, largestBytes[plan.method]);
    if (sizeBytes !== undefined && sizeBytes > limitBytes) {
      throw new HikyakuError('file-too-large', { details: { sizeBytes, limitBytes } });
    }
    const checkedType = contentTypeOf(request.fileName, request.contentType, dataset.definition.format);
    refuseOpenFile(request.fileName, dataset.definition);
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
      contentType: checkedType,
      sizeBytes,
      bucket: services.bucket,
      key: planned,
      ...uploadLifetimes({ isFileInParts: plan.method === 'multipart' && sizeBytes !== undefined }),
      ...request.idempotency,
      ...(plan.method === 'single' ? { digest: request.digest } : { partSizeBytes: plan.partSizeBytes }),
    });
    await recordAuditEvent(transaction, scope, {
      action: 'upload.create',
      subject: 'upload',
      subjectId: uploadId,
      details: { fileName: request.fileName, dataset: dataset.slug, ...(sizeBytes === undefined ? {} : { sizeBytes }) },
    });
    return { key: planned, contentType: checkedType };
  });
  const object = { bucket: services.bucket, key, contentType };
  if (plan.method === 'multipart') {
    await beginMultipart(services, actor, uploadId, object);
    return { uploadId, ...plan };
  }
  const put = { ...object, sizeBytes: plan.sizeBytes, digest: request.digest };
  return { uploadId, method: 'single', put: await presignPut(services.browserS3, put, putLifetimeSeconds) };
}

type BeginServices = Pick<Services, 'app' | 's3' | 'browserS3' | 'bucket'>;

async function beginMultipart(
  { app, s3 }: BeginServices,
  { scope }: Actor,
  uploadId: string,
  object: { bucket: string; key: string; contentType: string },
): Promise<void> {
  try {
    const { id } = await createMultipartUpload(s3, object);
    await app.inOrganization(scope, (transaction) => setMultipartUploadId(transaction, uploadId, id));
  } catch (error) {
    // Nobody was told of it: nothing will come.
    await app.inOrganization(scope, (transaction) => setUploadState(transaction, uploadId, { state: 'aborted' }));
    throw error;
  }
}

import { createUpload, findDataset, recordAuditEvent, setMultipartUploadId, setUploadState } from '@hikyaku/db';
import { createMultipartUpload, planParts, usualPartBytes } from '@hikyaku/s3-core';
import { presignPut, type PresignedPut } from '@hikyaku/s3-core/presign';
import { type BodyDigest, HikyakuError, planObjectKey } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { contentTypeOf } from './file-type.ts';

/** S3's own limits. */
const largestBytes = { single: 5 * 1024 ** 3, multipart: 5 * 1024 ** 4 };
export const putLifetimeSeconds = 60 * 60;

export interface NewUploadRequest {
  datasetSlug: string;
  fileName: string;
  sizeBytes: number;
  contentType: string;
  /** Where a script says what it calls this sending: see `beginUploadOnce`. */
  idempotency?: { idempotencyKey: string; requestFingerprint: string };
  /** Of the whole file; signed into a single PUT, and of no use to parts. */
  digest?: BodyDigest | undefined;
  /** Default: what fits the size. `single` is for senders that can do no more than one PUT. */
  method?: 'single' | undefined;
}

export type SinglePutRequest = NewUploadRequest & { method: 'single' };

export interface BegunSinglePut {
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
 * @throws HikyakuError dataset-not-found, empty-file, file-too-large, unsupported-file-type
 */
export function beginUpload(services: BeginServices, actor: Actor, request: SinglePutRequest): Promise<BegunSinglePut>;
export function beginUpload(
  services: BeginServices,
  actor: Actor,
  request: NewUploadRequest,
): Promise<BegunSinglePut | BegunMultipart>;
export async function beginUpload(
  services: BeginServices,
  actor: Actor,
  request: NewUploadRequest,
): Promise<BegunSinglePut | BegunMultipart> {
  const uploadId = uuidv7();
  const method = request.method ?? (request.sizeBytes > usualPartBytes ? 'multipart' : 'single');
  const { partSizeBytes } = planParts(request.sizeBytes);
  const { organization, token, scope } = actor;
  const stored = await services.app.inOrganization(scope, async (transaction) => {
    const dataset = await findDataset(transaction, request.datasetSlug);
    if (!dataset) throw new HikyakuError('dataset-not-found');
    if (request.sizeBytes === 0) throw new HikyakuError('empty-file', { details: { fileName: request.fileName } });
    const limitBytes = Math.min(dataset.definition.maxFileBytes, largestBytes[method]);
    if (request.sizeBytes > limitBytes) {
      throw new HikyakuError('file-too-large', { details: { sizeBytes: request.sizeBytes, limitBytes } });
    }
    const contentType = contentTypeOf(request.fileName, request.contentType, dataset.definition.format);
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
      ...(method === 'single' ? { digest: request.digest } : { partSizeBytes }),
    });
    await recordAuditEvent(transaction, scope, {
      action: 'upload.create',
      subject: 'upload',
      subjectId: uploadId,
      details: { fileName: request.fileName, sizeBytes: request.sizeBytes, dataset: dataset.slug },
    });
    return { key: planned, contentType };
  });
  const object = { ...stored, bucket: services.bucket, sizeBytes: request.sizeBytes, digest: request.digest };
  if (method === 'multipart') {
    await beginMultipart(services, actor, uploadId, object);
    return { uploadId, method, partSizeBytes };
  }
  return { uploadId, method, put: await presignPut(services.browserS3, object, putLifetimeSeconds) };
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

import { createHash } from 'node:crypto';
import { findUploadByKey, releaseIdempotencyKey } from '@hikyaku/db';
import type { PresignedPut } from '@hikyaku/s3-core/presign';
import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { beginUpload, type NewUploadRequest, type SinglePutRequest } from './begin-upload.ts';
import { completeUpload } from './complete-upload.ts';
import { renewUpload } from './renew-upload.ts';

export interface BegunUpload {
  uploadId: string;
  /** Null where the file is in S3 already: there is nothing to send. */
  put: PresignedPut | null;
  /** An earlier request with the same key began it. */
  isReplay: boolean;
}

type Parts = Pick<Services, 'app' | 's3' | 'browserS3' | 'bucket'>;

/** Prisma's code for it. */
const uniqueViolation = z.object({ code: z.literal('P2002') });

/**
 * Begins an upload once per idempotency key of the organization. Whoever comes again with the same request gets the first
 * upload: with a fresh URL while nothing has arrived, with nothing to send once it has. A key whose upload ended without a
 * file (cancelled, expired, refused) begins a new one: that is what a rerun after a failure is for.
 *
 * @throws HikyakuError idempotency-key-reused where the key came with another request; what `beginUpload` throws
 */
export async function beginUploadOnce(
  services: Parts,
  actor: Actor,
  request: SinglePutRequest,
  idempotencyKey: string,
): Promise<BegunUpload> {
  const idempotency = { idempotencyKey, requestFingerprint: fingerprintOf(request) };
  const begin = async () => ({ ...(await beginUpload(services, actor, { ...request, idempotency })), isReplay: false });
  const earlier = await findEarlier(services, actor, idempotency);
  if (earlier)
    return (await replay(services, actor, earlier)) ?? beginUploadOnce(services, actor, request, idempotencyKey);
  return begin().catch(async (error: unknown) => {
    // Of requests that come at once the database lets one through; the others find it here.
    const winner = uniqueViolation.safeParse(error).success && (await findEarlier(services, actor, idempotency));
    const replayed = winner && (await replay(services, actor, winner));
    if (!replayed) throw error;
    return replayed;
  });
}

async function findEarlier(
  { app }: Parts,
  actor: Actor,
  { idempotencyKey, requestFingerprint }: { idempotencyKey: string; requestFingerprint: string },
): Promise<string | undefined> {
  return app.inOrganization(actor.scope, async (transaction) => {
    await releaseIdempotencyKey(transaction, idempotencyKey);
    const earlier = await findUploadByKey(transaction, idempotencyKey);
    if (earlier && earlier.requestFingerprint !== requestFingerprint) throw new HikyakuError('idempotency-key-reused');
    return earlier?.id;
  });
}

/** Undefined where it was settled while we looked, or ended here without a file: what S3 has is not what was promised. */
async function replay(services: Parts, actor: Actor, uploadId: string): Promise<BegunUpload | undefined> {
  // A run that died between sending and completing has sent: a second PUT would be refused, and need not be.
  const isStored = await completeUpload(services, actor, uploadId).then(() => true, otherwise('object-missing', false));
  if (isStored === undefined) return undefined;
  if (isStored) return { uploadId, put: null, isReplay: true };
  const renewed = await renewUpload(services, actor, uploadId).catch(otherwise('upload-not-open', undefined));
  return renewed && { uploadId, put: renewed.put, isReplay: true };
}

/** Takes one failure for a value, and an upload that turned out to be closed for undefined. */
function otherwise<T>(code: ErrorCode, value: T): (error: unknown) => T | undefined {
  return (error) => {
    if (!(error instanceof HikyakuError)) throw error;
    if (error.code === code) return value;
    if (error.code === 'size-mismatch' || error.code === 'upload-not-open') return undefined;
    throw error;
  };
}

/** What the key stands for. The name of a file decides nothing, here neither: the same content may come under another one. */
function fingerprintOf({ datasetSlug, sizeBytes, contentType }: NewUploadRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([datasetSlug, sizeBytes, contentType]))
    .digest('base64url');
}

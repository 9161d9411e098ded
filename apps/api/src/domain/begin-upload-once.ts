import { createHash } from 'node:crypto';
import { findUpload, findUploadByKey, releaseIdempotencyKey, setUploadState, type Upload } from '@hikyaku/db';
import type { PresignedPut } from '@hikyaku/s3-core/presign';
import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';
import { abortUpload } from './abort-upload.ts';
import { beginUpload, type NewUploadRequest } from './begin-upload.ts';
import { completeUpload } from './complete-upload.ts';
import { planUpload } from './plan-upload.ts';
import { renewUpload } from './renew-upload.ts';
import { uploadLifetimes } from './upload-lifetimes.ts';

/** How to send what was begun: one PUT, or parts of this size; `stored` where the file is in S3 already. */
export type BegunUpload = {
  uploadId: string;
  /** An earlier request with the same key began it. */
  isReplay: boolean;
} & ({ method: 'single'; put: PresignedPut } | { method: 'multipart'; partSizeBytes: number } | { method: 'stored' });

/** What is asked for under an idempotency key. */
export interface OnceRequest extends NewUploadRequest {
  /**
   * Of the content, before it was compressed or encrypted, in hexadecimal: then that, for the dataset, is what the key stands
   * for, however the content is wrapped this time.
   */
  contentSha256?: string | undefined;
}

type Parts = Pick<Services, 'app' | 's3' | 'browserS3' | 'bucket' | 'logger'>;

/** Prisma's code for it. */
const uniqueViolation = z.object({ code: z.literal('P2002') });

/**
 * Begins an upload once per idempotency key of the organization. Whoever comes again with the same request gets the first
 * upload: with a fresh URL or the same plan while nothing has arrived, with nothing to send once it has. A key whose upload ended
 * without a file (cancelled, expired, refused) begins a new one: that is what a rerun after a failure is for. So does one that is
 * still open and can't be gone on with: a stream, or the same content wrapped in another way; the earlier one is given up.
 *
 * @throws HikyakuError idempotency-key-reused where the key came with another request; what `beginUpload` throws
 */
export async function beginUploadOnce(
  services: Parts,
  actor: Actor,
  request: OnceRequest,
  idempotencyKey: string,
): Promise<BegunUpload> {
  const idempotency = { idempotencyKey, requestFingerprint: fingerprintOf(request) };
  const begin = async () => ({ ...(await beginUpload(services, actor, { ...request, idempotency })), isReplay: false });
  const earlier = await findEarlier(services, actor, idempotency);
  if (earlier) {
    const replayed = await replay(services, actor, earlier, request);
    return replayed ?? beginUploadOnce(services, actor, request, idempotencyKey);
  }
  return begin().catch(async (error: unknown) => {
    // Of requests that come at once the database lets one through; the others find it here.
    const winner = uniqueViolation.safeParse(error).success && (await findEarlier(services, actor, idempotency));
    const replayed = winner && (await replay(services, actor, winner, request));
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

/** Undefined where it was settled while we looked, ended here without a file (S3 has not what was promised), or is given up. */
async function replay(
  services: Parts,
  actor: Actor,
  uploadId: string,
  request: OnceRequest,
): Promise<BegunUpload | undefined> {
  const begun = { uploadId, isReplay: true };
  // A run that died between sending and completing has sent: a second PUT would be refused, and need not be.
  const isStored = await completeUpload(services, actor, uploadId).then(
    () => true,
    otherwise(['object-missing', 'invalid-input'], false),
  );
  if (isStored === undefined) return undefined;
  if (isStored) return { ...begun, method: 'stored' };
  const upload = await services.app.inOrganization(actor.scope, (transaction) => findUpload(transaction, uploadId));
  if (!upload || !canGoOn(upload, request)) {
    await abortUpload(services, actor, uploadId);
    return undefined;
  }
  if (!upload.multipart) {
    const renewed = await renewUpload(services, actor, uploadId).catch(otherwise(['upload-not-open'], undefined));
    return renewed && { ...begun, method: 'single', put: renewed.put };
  }
  const lifetimes = uploadLifetimes({ isFileInParts: true });
  const isOpen = await services.app.inOrganization(actor.scope, (transaction) =>
    setUploadState(transaction, uploadId, { state: upload.state, ...lifetimes }),
  );
  return isOpen ? { ...begun, method: 'multipart', partSizeBytes: upload.multipart.partSizeBytes } : undefined;
}

/** What a stream has sent is of no use to another one; nor are bytes that were planned in another way. */
function canGoOn({ sizeBytes, digest, multipart }: Upload, request: OnceRequest): boolean {
  if (sizeBytes === undefined || sizeBytes !== request.sizeBytes) return false;
  const plan = planUpload(request);
  if (plan.method === 'multipart') return multipart?.partSizeBytes === plan.partSizeBytes;
  // One PUT is signed for these bytes alone: the same content, encrypted once more, is other bytes.
  return !multipart && digest?.sha256 === request.digest?.sha256;
}

/** Takes some failures for a value, and an upload that turned out to be closed for undefined. */
function otherwise<T>(codes: readonly ErrorCode[], value: T): (error: unknown) => T | undefined {
  return (error) => {
    if (!(error instanceof HikyakuError)) throw error;
    if (codes.includes(error.code)) return value;
    if (error.code === 'size-mismatch' || error.code === 'upload-not-open') return undefined;
    throw error;
  };
}

/** What the key stands for. The name of a file decides nothing, here neither: the same content may come under another one. */
function fingerprintOf({ datasetSlug, sizeBytes, contentType, contentSha256, digest }: OnceRequest): string {
  const bytes = digest ? [sizeBytes, contentType, digest.sha256] : [sizeBytes, contentType];
  const meant = contentSha256 ? [datasetSlug, contentSha256] : [datasetSlug, ...bytes];
  return createHash('sha256').update(JSON.stringify(meant)).digest('base64url');
}

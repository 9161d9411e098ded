import type { BodyDigest, UploadState } from '@hikyaku/types';
import type { AppTransaction } from './app-database.ts';

export interface Upload {
  id: string;
  datasetId: string;
  /** Who sends: a person, or else an API token. */
  personId: string | null;
  apiTokenId?: string | null;
  state: UploadState;
  contentType: string;
  /** Undefined while a stream is sent whose length nobody knows yet; see `setUploadSize`. */
  sizeBytes: number | undefined;
  bucket: string;
  key: string;
  expiresAt: Date;
  /** SHA-256 of the whole in base64, where the sender told it: in the beginning of a single PUT, in the end of parts. */
  sha256: string | null;
  /** Of a single PUT, where the sender gave it. */
  digest: BodyDigest | undefined;
  /** How it is sent in parts; undefined for a single PUT. `id` is S3's, undefined where S3 has not begun it. */
  multipart: { id: string | undefined; partSizeBytes: number } | undefined;
}

export interface NewUpload extends Omit<Upload, 'state' | 'sha256' | 'digest' | 'multipart'> {
  organizationId: string;
  fileName: string;
  /** What a script calls this sending by, with the SHA-256 of what it asked for. */
  idempotencyKey?: string;
  requestFingerprint?: string;
  digest?: BodyDigest | undefined;
  /** Sends it in parts of this size; S3's id follows by `setMultipartUploadId`. */
  partSizeBytes?: number | undefined;
  /** An upload in parts can be gone on with until then; without it, while its URLs live. */
  keepUntil?: Date;
}

/** States in which bytes may still come. */
const openStates: UploadState[] = ['created', 'uploading', 'completing'];

export async function createUpload(transaction: AppTransaction, upload: NewUpload): Promise<void> {
  const { digest, sizeBytes, partSizeBytes, keepUntil = null, ...data } = upload;
  await transaction.upload.create({
    data: {
      ...data,
      ...digest,
      sizeBytes: sizeBytes === undefined ? null : BigInt(sizeBytes),
      partSizeBytes: partSizeBytes === undefined ? null : BigInt(partSizeBytes),
      keepUntil,
    },
  });
}

export async function findUpload(transaction: AppTransaction, uploadId: string): Promise<Upload | undefined> {
  const row = await transaction.upload.findUnique({ where: { id: uploadId } });
  if (!row) return undefined;
  const { md5, sha256, multipartUploadId, partSizeBytes } = row;
  return {
    ...row,
    sizeBytes: row.sizeBytes === null ? undefined : Number(row.sizeBytes),
    digest: md5 && sha256 ? { md5, sha256 } : undefined,
    multipart:
      partSizeBytes === null ? undefined : { id: multipartUploadId ?? undefined, partSizeBytes: Number(partSizeBytes) },
  };
}

/** Says how long a stream was, now that its end is known. Said twice, the first stands: `findUpload` tells. */
export async function setUploadSize(transaction: AppTransaction, uploadId: string, sizeBytes: number): Promise<void> {
  await transaction.upload.updateMany({
    where: { id: uploadId, sizeBytes: null, state: { in: openStates } },
    data: { sizeBytes: BigInt(sizeBytes) },
  });
}

/**
 * Keeps what the sender of parts says the whole is: SHA-256 in base64. Said again while the upload is open, for parts that are others now,
 * the last counts.
 */
export async function setUploadDigest(transaction: AppTransaction, uploadId: string, sha256: string): Promise<void> {
  await transaction.upload.updateMany({
    where: { id: uploadId, partSizeBytes: { not: null }, state: { in: openStates } },
    data: { sha256 },
  });
}

/** False where the upload was settled meanwhile, by the person or by the event of S3: then that stands. */
export async function setUploadState(
  transaction: AppTransaction,
  uploadId: string,
  change: {
    state: UploadState;
    versionId?: string;
    etag?: string;
    causeCode?: string;
    causeDetails?: Record<string, string | number>;
    expiresAt?: Date;
    keepUntil?: Date;
  },
): Promise<boolean> {
  const settles = !openStates.includes(change.state);
  const { count } = await transaction.upload.updateMany({
    where: { id: uploadId, state: { in: openStates } },
    data: { ...change, ...(settles ? { settledAt: new Date() } : {}) },
  });
  return count > 0;
}

import type { UploadState } from '@hikyaku/types';
import type { AppTransaction } from './app-database.ts';

export interface Upload {
  id: string;
  /** Who sends: a person, or else an API token. */
  personId: string | null;
  apiTokenId?: string | null;
  state: UploadState;
  contentType: string;
  sizeBytes: number;
  bucket: string;
  key: string;
  expiresAt: Date;
}

export interface NewUpload extends Omit<Upload, 'state'> {
  organizationId: string;
  datasetId: string;
  fileName: string;
  /** What a script calls this sending by, with the SHA-256 of what it asked for. */
  idempotencyKey?: string;
  requestFingerprint?: string;
}

/** States in which bytes may still come. */
const openStates: UploadState[] = ['created', 'uploading', 'completing'];

export async function createUpload(transaction: AppTransaction, upload: NewUpload): Promise<void> {
  await transaction.upload.create({ data: { ...upload, sizeBytes: BigInt(upload.sizeBytes) } });
}

export async function findUpload(transaction: AppTransaction, uploadId: string): Promise<Upload | undefined> {
  const row = await transaction.upload.findUnique({ where: { id: uploadId } });
  return row ? { ...row, sizeBytes: Number(row.sizeBytes) } : undefined;
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
  },
): Promise<boolean> {
  const settles = !openStates.includes(change.state);
  const { count } = await transaction.upload.updateMany({
    where: { id: uploadId, state: { in: openStates } },
    data: { ...change, ...(settles ? { settledAt: new Date() } : {}) },
  });
  return count > 0;
}

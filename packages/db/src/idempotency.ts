import type { UploadState } from '@hikyaku/types';
import type { AppTransaction } from './app-database.ts';

/** States in which an upload has ended without a file: sending again under the same key is what a rerun is for. */
const endedWithoutFile: UploadState[] = ['aborted', 'expired', 'refused'];

/** The upload that holds an idempotency key of the transaction's organization. */
export async function findUploadByKey(
  transaction: AppTransaction,
  idempotencyKey: string,
): Promise<{ id: string; requestFingerprint: string | null } | undefined> {
  const row = await transaction.upload.findFirst({
    where: { idempotencyKey },
    select: { id: true, requestFingerprint: true },
  });
  return row ?? undefined;
}

/** Takes the key from an upload that ended without a file, so that the next one can have it. */
export async function releaseIdempotencyKey(transaction: AppTransaction, idempotencyKey: string): Promise<void> {
  await transaction.upload.updateMany({
    where: { idempotencyKey, state: { in: endedWithoutFile } },
    data: { idempotencyKey: null },
  });
}

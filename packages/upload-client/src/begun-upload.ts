import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import type { SealedSoFar } from './seal-content.ts';
import type { CreatedUpload, UploadPort } from './upload-port.ts';

/** An upload that may be gone on with: what a sender has to keep of it. */
export type BegunUpload = { uploadId: string; sealed?: SealedSoFar } & (
  | { method: 'single' }
  | { method: 'multipart'; partSizeBytes: number }
);

/** The reason to abort an upload with that is to be gone on with: it is left open. */
export class UploadPaused extends Error {
  override name = 'UploadPaused';
}

/** Answers of a server for which an upload is over. */
const isOver = new Set<ErrorCode>(['upload-not-open', 'not-found', 'object-missing', 'size-mismatch']);

/**
 * How to go on with an upload; undefined where it is over without a file (cancelled, expired, refused): then a new one begins.
 * Where the answer to the last word was lost it is found stored.
 */
export async function reopen(
  port: Pick<UploadPort, 'presignAgain' | 'listSentParts' | 'complete'>,
  begun: BegunUpload,
): Promise<CreatedUpload | undefined> {
  const { uploadId } = begun;
  const open = await unlessOver(async () => {
    if (begun.method === 'single') return { uploadId, method: begun.method, put: await port.presignAgain(uploadId) };
    const { method, partSizeBytes } = begun;
    return { uploadId, method, partSizeBytes, sentParts: await port.listSentParts(uploadId) };
  });
  return open ?? unlessOver(() => port.complete(uploadId).then(() => ({ uploadId, method: 'stored' as const })));
}

async function unlessOver<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HikyakuError && isOver.has(error.code)) return undefined;
    throw error;
  }
}

import { HikyakuError } from '@hikyaku/types';
import type { UploadPort } from '@hikyaku/upload-client';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../trpc/app-router.ts';
import { CallError } from '../trpc/call-error.ts';

/** Our API as the upload client wants it, for one dataset. */
export function createUploadPort(api: TRPCClient<AppRouter>, datasetSlug: string): UploadPort {
  return {
    create: (file) => told(api.uploads.create.mutate({ datasetSlug, ...file })),
    presignAgain: async (uploadId) => (await told(api.uploads.renew.mutate({ uploadId }))).put,
    listSentParts: async (uploadId) => (await told(api.uploads.sentParts.query({ uploadId }))).parts,
    signParts: async (uploadId, parts) => (await told(api.uploads.signParts.mutate({ uploadId, parts }))).parts,
    complete: async (uploadId, sha256) => {
      await told(api.uploads.complete.mutate({ uploadId, sha256 }));
    },
    abort: async (uploadId) => {
      const { state } = await told(api.uploads.abort.mutate({ uploadId }));
      if (state !== 'aborted') throw new HikyakuError('upload-not-open');
    },
  };
}

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw CallError.of(error);
  }
}

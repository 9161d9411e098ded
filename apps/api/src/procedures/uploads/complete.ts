import { sha256Digest, uploadState } from '@hikyaku/types';
import { z } from 'zod';
import { completeUpload } from '../../domain/complete-upload.ts';
import { procedureFor } from '../../trpc/init.ts';
import { uploadId } from './presigned-put.ts';

export const completeUploadProcedure = procedureFor('uploader')
  .input(uploadId.extend({ sha256: sha256Digest.optional() }))
  .output(z.object({ state: uploadState }))
  .mutation(async ({ ctx, input }) => {
    try {
      return await completeUpload(ctx.services, ctx.caller, input.uploadId, { sha256: input.sha256 });
    } finally {
      ctx.services.announce();
    }
  });

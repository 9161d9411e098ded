import { uploadState } from '@hikyaku/types';
import { z } from 'zod';
import { abortUpload } from '../../domain/abort-upload.ts';
import { procedureFor } from '../../trpc/init.ts';
import { uploadId } from './presigned-put.ts';

export const abortUploadProcedure = procedureFor('uploader')
  .input(uploadId)
  .output(z.object({ state: uploadState }))
  .mutation(async ({ ctx, input }) => {
    const result = await abortUpload(ctx.services, ctx.caller, input.uploadId);
    ctx.services.announce();
    return result;
  });

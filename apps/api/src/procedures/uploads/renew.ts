import { z } from 'zod';
import { renewUpload } from '../../domain/renew-upload.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut, uploadId } from './presigned-put.ts';

export const renewUploadProcedure = procedureFor('uploader')
  .input(uploadId)
  .output(z.object({ put: presignedPut }))
  .mutation(async ({ ctx, input }) => {
    const { put } = await renewUpload(ctx.services, ctx.caller, input.uploadId);
    return { put: toPresignedPut(put) };
  });

import { datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { beginUpload } from '../../domain/begin-upload.ts';
import { contentType, fileName, sizeBytes } from '../../domain/new-upload-fields.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut } from './presigned-put.ts';

const input = z.object({ datasetSlug, fileName, sizeBytes, contentType: contentType.catch('text/csv') });

export const createUploadProcedure = procedureFor('uploader')
  .input(input)
  .output(z.object({ uploadId: z.uuid(), put: presignedPut }))
  .mutation(async ({ ctx, input: request }) => {
    const { uploadId, put } = await beginUpload(ctx.services, ctx.caller, request);
    ctx.services.announce();
    return { uploadId, put: toPresignedPut(put) };
  });

import { datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { beginUpload } from '../../domain/begin-upload.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut } from './presigned-put.ts';

const input = z.object({
  datasetSlug,
  // Control characters have no place in a name, and PostgreSQL can't store NUL.
  fileName: z
    .string()
    .min(1)
    .max(1_024)
    .regex(/^\P{Cc}+$/u),
  sizeBytes: z.int().min(0),
  // Signed and sent as a header: printable ASCII only.
  contentType: z
    .string()
    .max(200)
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .catch('text/csv'),
});

export const createUploadProcedure = procedureFor('uploader')
  .input(input)
  .output(z.object({ uploadId: z.uuid(), put: presignedPut }))
  .mutation(async ({ ctx, input: request }) => {
    const { uploadId, put } = await beginUpload(ctx.services, ctx.caller, request);
    ctx.services.announce();
    return { uploadId, put: toPresignedPut(put) };
  });

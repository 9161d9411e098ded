import { bodyDigest, datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { beginUpload } from '../../domain/begin-upload.ts';
import { contentType, fileName, sizeBytes } from '../../domain/new-upload-fields.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut } from './presigned-put.ts';

const input = z.object({
  datasetSlug,
  fileName,
  sizeBytes,
  contentType: contentType.catch('text/csv'),
  // Of the whole file, where it is small enough for one PUT.
  digest: bodyDigest.optional(),
});

const output = z.discriminatedUnion('method', [
  z.object({ uploadId: z.uuid(), method: z.literal('single'), put: presignedPut }),
  z.object({ uploadId: z.uuid(), method: z.literal('multipart'), partSizeBytes: z.int().min(1) }),
]);

export const createUploadProcedure = procedureFor('uploader')
  .input(input)
  .output(output)
  .mutation(async ({ ctx, input: request }) => {
    const begun = await beginUpload(ctx.services, ctx.caller, request);
    ctx.services.announce();
    return begun.method === 'single' ? { ...begun, put: toPresignedPut(begun.put) } : begun;
  });

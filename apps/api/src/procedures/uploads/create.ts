import { bodyDigest, datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { beginUploadOnce } from '../../domain/begin-upload-once.ts';
import { contentType, fileName, sizeBytes } from '../../domain/new-upload-fields.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut } from './presigned-put.ts';

const input = z.object({
  // The same one again is the same upload: an answer may have been lost.
  requestId: z.uuid(),
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
  z.object({ uploadId: z.uuid(), method: z.literal('stored') }),
]);

export const createUploadProcedure = procedureFor('uploader')
  .input(input)
  .output(output)
  .mutation(async ({ ctx, input: { requestId, ...request } }) => {
    const begun = await beginUploadOnce(ctx.services, ctx.caller, request, requestId);
    ctx.services.announce();
    return begun.method === 'single' ? { ...begun, put: toPresignedPut(begun.put) } : begun;
  });

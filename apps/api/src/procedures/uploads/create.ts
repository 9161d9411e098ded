import { bodyDigest, datasetSlug } from '@hikyaku/types';
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

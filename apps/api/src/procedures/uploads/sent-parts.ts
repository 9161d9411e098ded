import { bodyDigest } from '@hikyaku/types';
import { z } from 'zod';
import { listSentParts } from '../../domain/list-sent-parts.ts';
import { procedureFor } from '../../trpc/init.ts';
import { uploadId } from './presigned-put.ts';

const sentPart = z.object({ partNumber: z.int(), sizeBytes: z.int(), digest: bodyDigest });

export const listSentPartsProcedure = procedureFor('uploader')
  .input(uploadId)
  .output(z.object({ parts: z.array(sentPart) }))
  .query(async ({ ctx, input }) => {
    const { parts } = await listSentParts(ctx.services, ctx.caller, input.uploadId);
    return { parts };
  });

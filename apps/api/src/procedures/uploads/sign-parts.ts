import { bodyDigest } from '@hikyaku/types';
import { z } from 'zod';
import { signParts } from '../../domain/sign-parts.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut, uploadId } from './presigned-put.ts';

const mostPartsAtOnce = 100;
const partNumber = z.int().min(1).max(10_000);

const input = uploadId.extend({
  parts: z
    .array(z.object({ partNumber, digest: bodyDigest }))
    .min(1)
    .max(mostPartsAtOnce)
    .refine((parts) => new Set(parts.map((part) => part.partNumber)).size === parts.length, 'each part once'),
});

export const signPartsProcedure = procedureFor('uploader')
  .input(input)
  .output(z.object({ parts: z.array(z.object({ partNumber, put: presignedPut })) }))
  .mutation(async ({ ctx, input: request }) => {
    const signed = await signParts(ctx.services, ctx.caller, request.uploadId, request.parts);
    ctx.services.announce();
    return { parts: signed.map((part) => ({ ...part, put: toPresignedPut(part.put) })) };
  });

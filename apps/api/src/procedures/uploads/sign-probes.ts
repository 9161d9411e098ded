import { z } from 'zod';
import { signProbes } from '../../domain/sign-probes.ts';
import { procedureFor } from '../../trpc/init.ts';
import { presignedPut, toPresignedPut } from './presigned-put.ts';

const probe = z.object({ sizeBytes: z.int().min(1), put: presignedPut });

const output = z.object({
  /** Of the moment of this answer, for a browser to compare its clock with. */
  serverTime: z.iso.datetime(),
  /** Whether storage answers this server. */
  storageAnswers: z.boolean(),
  small: probe,
  large: probe,
});

export const signProbesProcedure = procedureFor('uploader')
  .output(output)
  .mutation(async ({ ctx }) => {
    const { storageAnswers, small, large } = await signProbes(ctx.services, ctx.caller.organization.id);
    return {
      serverTime: new Date().toISOString(),
      storageAnswers,
      small: { ...small, put: toPresignedPut(small.put) },
      large: { ...large, put: toPresignedPut(large.put) },
    };
  });

import { z } from 'zod';
import { addKey } from '../../domain/add-key.ts';
import { procedureFor } from '../../trpc/init.ts';

const input = z.object({
  publicKey: z.string().trim().toLowerCase().max(200),
  label: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}+$/u),
});

export const addKeyProcedure = procedureFor('administrator')
  .input(input)
  .output(z.object({ keyId: z.uuid() }))
  .mutation(({ ctx, input: wanted }) => addKey(ctx.services, ctx.caller, wanted));

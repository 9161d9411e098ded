import { apiTokenScope, datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { createToken, longestTokenDays } from '../../domain/create-token.ts';
import { procedureFor } from '../../trpc/init.ts';

const input = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}+$/u),
  scopes: z.array(apiTokenScope).min(1).max(apiTokenScope.options.length),
  /** Empty: every dataset, those that come later too. */
  datasetSlugs: z.array(datasetSlug).max(100),
  expiresInDays: z.int().min(1).max(longestTokenDays),
});

export const createTokenProcedure = procedureFor('administrator')
  .input(input)
  .output(z.object({ tokenId: z.uuid(), token: z.string() }))
  .mutation(({ ctx, input: wanted }) => createToken(ctx.services, ctx.caller, wanted));

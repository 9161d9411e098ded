import { datasetSlug } from '@hikyaku/types';
import { z } from 'zod';
import { redriveFailedFiles } from '../../domain/redrive-failed-files.ts';
import { procedureFor } from '../../trpc/init.ts';

/** All that failed, of the organization or of one dataset. */
export const redriveAllProcedure = procedureFor('operator')
  .input(z.object({ datasetSlug: datasetSlug.optional() }))
  .output(z.object({ redriven: z.int(), left: z.int() }))
  .mutation(async ({ ctx, input }) => {
    const result = await redriveFailedFiles(ctx.services, ctx.caller, input);
    ctx.services.announce();
    return result;
  });

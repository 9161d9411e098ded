import { countFailedFiles } from '@hikyaku/db';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

/** How many files `redriveAll` would find. */
export const countFailedProcedure = procedureFor('operator')
  .output(z.object({ count: z.int() }))
  .query(async ({ ctx }) => ({
    count: await ctx.services.app.inOrganization(ctx.caller.scope, (transaction) =>
      countFailedFiles(transaction, { datasetId: undefined }),
    ),
  }));

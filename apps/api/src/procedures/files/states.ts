import { findFileSummaries } from '@hikyaku/db';
import { fileSummary, mostStatesAtOnce } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

/** What became of many files at once, for whoever sent a folder of them. Ids that are nobody's here are left out. */
export const fileStatesProcedure = procedureFor('uploader')
  .input(z.object({ fileIds: z.array(z.uuid()).min(1).max(mostStatesAtOnce) }))
  .output(z.array(fileSummary.pick({ id: true, state: true, counts: true })))
  .query(async ({ ctx, input }) => {
    const files = await ctx.services.app.inOrganization(ctx.caller.scope, (transaction) =>
      findFileSummaries(transaction, input.fileIds),
    );
    return [...files.values()].map(({ id, state, counts }) => ({ id, state, counts }));
  });

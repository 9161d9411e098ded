import { findDataset, findOrganization } from '@hikyaku/db';
import { datasetSlug, HikyakuError, readingRules } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

/** How a dataset's files are read: what a browser has to know to look at one before it is sent. */
export const getReadingRulesProcedure = procedureFor('uploader')
  .input(z.object({ datasetSlug }))
  .output(readingRules)
  .query(({ ctx, input }) =>
    ctx.services.app.inOrganization(ctx.caller.scope, async (transaction) => {
      const dataset = await findDataset(transaction, { slug: input.datasetSlug });
      const organization = await findOrganization(transaction);
      if (!dataset || !organization) throw new HikyakuError('dataset-not-found');
      return { ...dataset.definition, timeZone: organization.timeZone };
    }),
  );

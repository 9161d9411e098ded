import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';
export const readingRulesDatasetsProcedure = procedureFor('uploader')
  .input(z.object({}))
  .output(z.object({}))
  .query(({ ctx }) => ctx.services.app.inOrganization(ctx.caller.scope, async () => ({})));

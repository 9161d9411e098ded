import { listFiles } from '@hikyaku/db';
import { fileSummary, page } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';
import { paging } from '../paging.ts';

export const listFilesProcedure = procedureFor('uploader')
  .input(paging.extend({ needsYou: z.boolean().optional() }))
  .output(page(fileSummary))
  .query(({ ctx, input }) =>
    ctx.services.app.inOrganization(ctx.caller.scope, (transaction) => listFiles(transaction, input)),
  );

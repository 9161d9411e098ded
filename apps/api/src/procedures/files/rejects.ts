import { findFileSummary, listRejects } from '@hikyaku/db';
import { HikyakuError, page, reject } from '@hikyaku/types';
import { procedureFor } from '../../trpc/init.ts';
import { paging } from '../paging.ts';
import { fileId } from './get.ts';

export const listRejectsProcedure = procedureFor('uploader')
  .input(paging.extend(fileId.shape))
  .output(page(reject))
  .query(({ ctx, input }) =>
    ctx.services.app.inOrganization(ctx.caller.scope, async (transaction) => {
      if (!(await findFileSummary(transaction, input.fileId))) throw new HikyakuError('not-found');
      return listRejects(transaction, input.fileId, input);
    }),
  );

import { findFile } from '@hikyaku/db';
import { fileDetail, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

export const fileId = z.object({ fileId: z.uuid() });

export const getFileProcedure = procedureFor('uploader')
  .input(fileId)
  .output(fileDetail)
  .query(async ({ ctx, input }) => {
    const file = await ctx.services.app.inOrganization(ctx.caller.scope, (transaction) =>
      findFile(transaction, input.fileId),
    );
    if (!file) throw new HikyakuError('not-found');
    return file;
  });

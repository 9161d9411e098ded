import { z } from 'zod';
import { redriveFile } from '../../domain/redrive-file.ts';
import { procedureFor } from '../../trpc/init.ts';
import { fileId } from './get.ts';

export const redriveFileProcedure = procedureFor('operator')
  .input(fileId)
  .output(z.object({}))
  .mutation(async ({ ctx, input }) => {
    await redriveFile(ctx.services, ctx.caller, input.fileId);
    ctx.services.announce();
    return {};
  });

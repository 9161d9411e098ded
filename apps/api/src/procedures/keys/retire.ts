import { recordAuditEvent, retireOrganizationKey } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

/** From now on nobody encrypts for it; what was encrypted before can still be opened. */
export const retireKeyProcedure = procedureFor('administrator')
  .input(z.object({ keyId: z.uuid() }))
  .output(z.object({}))
  .mutation(async ({ ctx, input }) => {
    const { scope } = ctx.caller;
    await ctx.services.app.inOrganization(scope, async (transaction) => {
      if (!(await retireOrganizationKey(transaction, input.keyId))) throw new HikyakuError('not-found');
      await recordAuditEvent(transaction, scope, { action: 'key.retire', subject: 'key', subjectId: input.keyId });
    });
    return {};
  });

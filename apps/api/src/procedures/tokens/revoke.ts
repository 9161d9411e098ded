import { recordAuditEvent, revokeApiToken } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

/** The next request that carries the token is refused. */
export const revokeTokenProcedure = procedureFor('administrator')
  .input(z.object({ tokenId: z.uuid() }))
  .output(z.object({}))
  .mutation(async ({ ctx, input }) => {
    const { scope } = ctx.caller;
    await ctx.services.app.inOrganization(scope, async (transaction) => {
      if (!(await revokeApiToken(transaction, input.tokenId))) throw new HikyakuError('not-found');
      await recordAuditEvent(transaction, scope, {
        action: 'token.revoke',
        subject: 'api-token',
        subjectId: input.tokenId,
      });
    });
    return {};
  });

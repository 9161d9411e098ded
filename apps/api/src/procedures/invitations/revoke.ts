import { recordAuditEvent } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

export const revokeInvitationProcedure = procedureFor('administrator')
  .input(z.object({ invitationId: z.uuid() }))
  .output(z.object({}))
  .mutation(async ({ ctx, input }) => {
    const { scope, organization } = ctx.caller;
    const { count } = await ctx.services.authDatabase.invitation.updateMany({
      where: { id: input.invitationId, organizationId: organization.id, status: 'pending' },
      data: { status: 'canceled' },
    });
    if (count === 0) throw new HikyakuError('not-found');
    await ctx.services.app.inOrganization(scope, (transaction) =>
      recordAuditEvent(transaction, scope, {
        action: 'invitation.revoke',
        subject: 'invitation',
        subjectId: input.invitationId,
      }),
    );
    return {};
  });

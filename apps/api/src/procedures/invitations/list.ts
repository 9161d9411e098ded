import { organizationRole } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

const openInvitation = z.object({
  invitationId: z.uuid(),
  email: z.string(),
  role: organizationRole,
  expiresAt: z.iso.datetime(),
});

export const listInvitationsProcedure = procedureFor('administrator')
  .output(z.array(openInvitation))
  .query(async ({ ctx }) => {
    const rows = await ctx.services.authDatabase.invitation.findMany({
      where: { organizationId: ctx.caller.organization.id, status: 'pending', expiresAt: { gt: new Date() } },
      orderBy: { id: 'desc' },
    });
    return rows.map(({ id, email, role, expiresAt }) => ({
      invitationId: id,
      email,
      role,
      expiresAt: expiresAt.toISOString(),
    }));
  });

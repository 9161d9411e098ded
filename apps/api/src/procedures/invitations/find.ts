import { HikyakuError, organizationRole } from '@hikyaku/types';
import { z } from 'zod';
import { findOpenInvitation } from '../../domain/find-open-invitation.ts';
import { publicProcedure } from '../../trpc/init.ts';

const output = z.object({
  organizationName: z.string(),
  email: z.string(),
  role: organizationRole,
  expiresAt: z.iso.datetime(),
});

/** What a mailed link invites to. Whoever holds the token may know. */
export const findInvitationProcedure = publicProcedure
  .input(z.object({ token: z.string().min(1).max(200) }))
  .output(output)
  .query(async ({ ctx, input }) => {
    const found = await findOpenInvitation(ctx.services.authDatabase, input.token);
    if (!found) throw new HikyakuError('invitation-not-open');
    const { organization, email, role, expiresAt } = found;
    return { organizationName: organization.name, email, role, expiresAt: expiresAt.toISOString() };
  });

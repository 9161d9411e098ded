import { locale, organizationRole } from '@hikyaku/types';
import { z } from 'zod';
import { invite } from '../../domain/invite.ts';
import { procedureFor } from '../../trpc/init.ts';

const input = z.object({
  email: z.email().max(254).toLowerCase(),
  role: organizationRole,
  locale: locale.default('ja'),
});

export const createInvitationProcedure = procedureFor('administrator')
  .input(input)
  .output(z.object({ invitationId: z.uuid() }))
  .mutation(({ ctx, input: invitee }) => invite(ctx.services, ctx.caller, invitee));

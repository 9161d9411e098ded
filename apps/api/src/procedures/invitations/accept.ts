import { z } from 'zod';
import { acceptInvitation } from '../../domain/accept-invitation.ts';
import { publicProcedure } from '../../trpc/init.ts';

const input = z.object({
  token: z.string().min(1).max(200),
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}+$/u),
  password: z.string().max(200),
});

export const acceptInvitationProcedure = publicProcedure
  .input(input)
  .output(z.object({}))
  .mutation(async ({ ctx, input: acceptance }) => {
    await acceptInvitation(ctx.services, acceptance);
    return {};
  });

import { organizationRole } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

const output = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string(), timeZone: z.string() }),
  role: organizationRole,
  isPlatformAdministrator: z.boolean(),
});

export const getMe = procedureFor('uploader')
  .output(output)
  .query(({ ctx }) => {
    const { person, organization, role, isPlatformAdministrator } = ctx.caller;
    return { person, organization, role, isPlatformAdministrator };
  });

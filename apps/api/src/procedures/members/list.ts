import { organizationRole } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

const member = z.object({ personId: z.uuid(), name: z.string(), email: z.string(), role: organizationRole });

export const listMembersProcedure = procedureFor('administrator')
  .output(z.array(member))
  .query(({ ctx }) =>
    ctx.services.app.inOrganization(ctx.caller.scope, (transaction) =>
      transaction.organizationMember.findMany({ orderBy: { name: 'asc' }, omit: { organizationId: true } }),
    ),
  );

import { listApiTokens } from '@hikyaku/db';
import { apiTokenSummary } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

export const listTokensProcedure = procedureFor('administrator')
  .output(z.array(apiTokenSummary))
  .query(({ ctx }) => ctx.services.app.inOrganization(ctx.caller.scope, listApiTokens));

import { countFilesOfDay } from '@hikyaku/db';
import { z } from 'zod';
import { startOfDay } from '../../domain/start-of-day.ts';
import { procedureFor } from '../../trpc/init.ts';

const output = z.object({ total: z.int(), takenIn: z.int(), working: z.int(), needsYou: z.int() });

export const countTodayProcedure = procedureFor('uploader')
  .output(output)
  .query(({ ctx }) => {
    const from = startOfDay(new Date(), ctx.caller.organization.timeZone);
    return ctx.services.app.inOrganization(ctx.caller.scope, (transaction) => countFilesOfDay(transaction, from));
  });

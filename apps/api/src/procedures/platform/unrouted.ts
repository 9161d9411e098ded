import { listUnroutedArrivals } from '@hikyaku/db';
import { fileSummary, page } from '@hikyaku/types';
import { z } from 'zod';
import { platformProcedure } from '../../trpc/init.ts';
import { paging } from '../paging.ts';

const unroutedArrival = z.object({
  id: z.uuid(),
  bucket: z.string(),
  key: z.string(),
  sizeBytes: z.number(),
  recordedAt: z.iso.datetime(),
  cause: fileSummary.shape.cause,
});

export const listUnroutedProcedure = platformProcedure
  .input(paging)
  .output(page(unroutedArrival))
  .query(({ ctx, input }) => ctx.services.app.asPlatform((transaction) => listUnroutedArrivals(transaction, input)));

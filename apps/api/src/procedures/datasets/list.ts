import { listDatasets } from '@hikyaku/db';
import { datasetSummary } from '@hikyaku/types';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

export const listDatasetsProcedure = procedureFor('uploader')
  .output(z.array(datasetSummary))
  .query(({ ctx }) => ctx.services.app.inOrganization(ctx.caller.scope, listDatasets));

import { countFailedFiles, findDataset, recordAuditEvent, redriveFailedFiles as redriveFailed } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/** Files of one transaction: it holds each of them until it ends. */
const batchSize = 200;
const mostBatches = 25;

/**
 * Puts all failed files of the organization, or of one dataset, in line again; at most 5,000 with one call. What is left
 * says whether another is needed.
 *
 * @throws HikyakuError dataset-not-found
 */
export async function redriveFailedFiles(
  services: Pick<Services, 'app'>,
  actor: Actor,
  { datasetSlug }: { datasetSlug?: string | undefined },
): Promise<{ redriven: number; left: number }> {
  const { app } = services;
  const dataset = datasetSlug
    ? await app.inOrganization(actor.scope, (transaction) => findDataset(transaction, { slug: datasetSlug }))
    : undefined;
  if (datasetSlug && !dataset) throw new HikyakuError('dataset-not-found');
  const of = { datasetId: dataset?.id };
  let redriven = 0;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const count = await app.inOrganization(actor.scope, async (transaction) => {
      const inLine = await redriveFailed(transaction, { ...of, most: batchSize });
      if (inLine > 0) {
        await recordAuditEvent(transaction, actor.scope, {
          action: 'file.redrive-failed',
          subject: dataset ? 'dataset' : 'organization',
          subjectId: dataset?.id ?? actor.scope.organizationId,
          details: { count: inLine },
        });
      }
      return inLine;
    });
    redriven += count;
    if (count < batchSize) break;
  }
  const left = await app.inOrganization(actor.scope, (transaction) => countFailedFiles(transaction, of));
  return { redriven, left };
}

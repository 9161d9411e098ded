import { findUpload } from '@hikyaku/db';
import { listUploadsToSweep } from '@hikyaku/db/ledger';
import type { Pool } from 'pg';
import { sweepParts } from './domain/sweep-parts.ts';
import type { Services } from './trpc/context.ts';

const mostPerSweep = 100;

export interface PartsSweeper {
  close(): Promise<void>;
}

type SweepServices = Pick<Services, 'app' | 's3' | 'logger'>;

/**
 * Drops parts that nobody will ask for any more: of uploads that expired, and of cancelled ones whose abort did not reach
 * S3. Here, because the api's role may do so anyway; several processes doing it at once do no harm.
 */
export function startPartsSweeper(
  services: SweepServices & { pool: Pool; intervalMilliseconds: number },
): PartsSweeper {
  const { logger, intervalMilliseconds } = services;
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= sweepUploads(services)
      .catch((error: unknown) => logger.warn({ err: error }, 'sweep of parts failed'))
      .finally(() => (running = undefined));
  }, intervalMilliseconds);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

/** One sweep. */
async function sweepUploads(services: SweepServices & { pool: Pool }): Promise<void> {
  for (const { uploadId, organizationId } of await listUploadsToSweep(services.pool, mostPerSweep)) {
    const scope = { organizationId, actorId: null };
    const upload = await services.app.inOrganization(scope, (transaction) => findUpload(transaction, uploadId));
    if (upload) await sweepParts(services, scope, upload);
  }
}

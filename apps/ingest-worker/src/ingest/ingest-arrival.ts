import type { S3Client } from '@aws-sdk/client-s3';
import { type Claim, claimArrival, findNextVersion } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import type { Logger } from '@hikyaku/telemetry';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { RunObserver } from '../run-points.ts';
import { keepClaim } from './keep-claim.ts';
import { outcomeOfError } from './outcome-of-error.ts';
import { settleFailedRun } from './settle-failed-run.ts';
import { takeIn } from './take-in.ts';
import { whyObjectIsGone } from './why-object-is-gone.ts';

export interface IngestDependencies {
  pool: Pool;
  s3: S3Client;
  keyStore: KeyStore | undefined;
  logger: Logger;
  /** Names this process in the ledger. */
  worker: string;
  claimSeconds: number;
  mostAttempts: number;
  retrySeconds: number;
  /** How long storage may say nothing while it is read. */
  silenceSeconds: number;
  /** Aborted when the process has to stop: runs give their files back. */
  stopping: AbortSignal;
  announce: () => void;
  wakeUp: (arrival: { arrivalId: string; claimEpoch: string }) => Promise<void>;
  observer: RunObserver;
}

/** One attempt at one arrival, from the claim to a settled ledger. Harmless for an arrival that isn't to be had. */
export async function ingestArrival(dependencies: IngestDependencies, arrivalId: string): Promise<void> {
  const { pool, worker, claimSeconds, mostAttempts, announce } = dependencies;
  const claim = await claimArrival(pool, { arrivalId, runId: uuidv7(), worker, claimSeconds, mostAttempts });
  announce();
  if (!claim) return;
  const logger = dependencies.logger.child({ arrivalId, runId: claim.runId, attempt: claim.attempt });
  logger.info('claimed');
  const kept = keepClaim(pool, claim, { claimSeconds, parent: dependencies.stopping });
  try {
    await dependencies.observer.reach('claimed', claim.object.key);
    await takeIn({ ...dependencies, logger }, claim, kept);
  } catch (error) {
    // Whatever broke because the run was told to end: why it was told is the cause.
    await afterFailure({ ...dependencies, logger }, claim, kept.signal.aborted ? kept.signal.reason : error);
  } finally {
    kept.stop();
    announce();
  }
  await wakeNextVersion({ ...dependencies, logger }, claim);
}

/** Another version of the key may have waited for this one. Where the wake-up gets lost the sweep finds it. */
async function wakeNextVersion(
  { pool, wakeUp, logger }: Pick<IngestDependencies, 'pool' | 'wakeUp' | 'logger'>,
  claim: Claim,
): Promise<void> {
  try {
    const next = await findNextVersion(pool, claim);
    if (next) await wakeUp(next);
  } catch (error) {
    logger.warn({ err: error }, 'next version not woken up');
  }
}

async function afterFailure(dependencies: IngestDependencies, claim: Claim, failure: unknown): Promise<void> {
  const { pool, s3, logger, mostAttempts, retrySeconds } = dependencies;
  const isGone = failure instanceof HikyakuError && failure.code === 'object-missing';
  const error = isGone ? await whyObjectIsGone(s3, claim.object) : failure;
  const outcome = outcomeOfError(error, { attempt: claim.attempt, mostAttempts, retrySeconds });
  if (!outcome) {
    logger.warn({ err: error }, 'claim lost, nothing written');
    return;
  }
  logger.warn({ err: error, outcome: outcome.kind }, 'run ended without a commit');
  // Where even this can't be written the claim runs out, and the arrival is swept up again.
  await settleFailedRun(pool, claim, outcome).catch((unwritten: unknown) =>
    logger.error({ err: unwritten }, 'outcome not written'),
  );
}

import type { S3Client } from '@aws-sdk/client-s3';
import { type Claim, claimArrival, findNextVersion, withdrawClaim } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import type { Logger } from '@hikyaku/telemetry';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { isOutage } from '../is-outage.ts';
import type { RunObserver } from '../run-points.ts';
import { keepClaim } from './keep-claim.ts';
import { outcomeOfError } from './outcome-of-error.ts';
import { settleFailedRun } from './settle-failed-run.ts';
import { takeIn } from './take-in.ts';
import { tellLedger } from './tell-ledger.ts';
import { whyObjectIsGone } from './why-object-is-gone.ts';

export interface IngestDependencies {
  /** For short statements. */
  pool: Pool;
  /** For the work of runs, which lasts as long as their files. */
  runPool: Pool;
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
  /** Aborted when the process is told to stop. */
  closing: AbortSignal;
  /** Aborted when runs have to end: they give their files back. */
  stopping: AbortSignal;
  announce: () => void;
  wakeUp: (arrival: { arrivalId: string; claimEpoch: string }) => Promise<void>;
  observer: RunObserver;
}

/** One attempt at one arrival, from the claim to a settled ledger. Harmless for an arrival that isn't to be had. */
export async function ingestArrival(dependencies: IngestDependencies, arrivalId: string): Promise<void> {
  const { pool, claimSeconds, announce } = dependencies;
  const claimedAt = Date.now();
  const claim = await claimOrWithdraw(dependencies, arrivalId);
  announce();
  if (!claim) return;
  const logger = dependencies.logger.child({ arrivalId, runId: claim.runId, attempt: claim.attempt });
  logger.info('claimed');
  const kept = keepClaim(pool, claim, { claimSeconds, claimedAt, parent: dependencies.stopping });
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

/** A claim whose answer got lost may have been given all the same: nobody would renew it. */
async function claimOrWithdraw(dependencies: IngestDependencies, arrivalId: string): Promise<Claim | undefined> {
  const { pool, worker, claimSeconds, mostAttempts, retrySeconds } = dependencies;
  const runId = uuidv7();
  try {
    return await claimArrival(pool, { arrivalId, runId, worker, claimSeconds, mostAttempts });
  } catch (error) {
    // Of what else goes wrong the tries are counted, as of a worker that dies.
    if (isOutage(error)) await tellLedger(dependencies, () => withdrawClaim(pool, runId, { retrySeconds }));
    throw error;
  }
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
    logger.warn({ err: error }, 'claim lost, nothing of the file written');
    return tellLedger(dependencies, () => withdrawClaim(pool, claim.runId, { retrySeconds }));
  }
  logger.warn({ err: error, outcome: outcome.kind }, 'run ended without a commit');
  await tellLedger(dependencies, async () => {
    const isWritten = await settleFailedRun(pool, claim, outcome);
    // By now somebody else may have it.
    if (!isWritten) await withdrawClaim(pool, claim.runId, { retrySeconds });
  });
}

import { advanceRun, type Claim } from '@hikyaku/db/ledger';
import { HikyakuError, type IngestRunState } from '@hikyaku/types';
import type { Pool } from 'pg';

export interface KeptClaim {
  /** Aborts when another worker took over, or when renewing failed for as long as the claim lasts. */
  signal: AbortSignal;
  /** Says which stage the run is in, and renews. @throws HikyakuError claim-lost */
  enter(state: IngestRunState): Promise<void>;
  /** How far the run is; written with the next renewal. */
  progress(progress: { rowsRead: number; bytesRead: number }): void;
  stop(): void;
}

/** Renews a claim at a third of its time, on connections of the pool, while the run works on its own. */
export function keepClaim(pool: Pool, claim: Claim, options: { claimSeconds: number; parent: AbortSignal }): KeptClaim {
  const controller = new AbortController();
  const { claimSeconds } = options;
  let latest: { rowsSoFar?: number; bytesSoFar?: number } = {};
  let renewedAt = Date.now();

  const renew = async (state?: IngestRunState) => {
    await advanceRun(pool, claim, { claimSeconds, ...latest, ...(state ? { state } : {}) });
    renewedAt = Date.now();
  };
  const renewInTime = () => {
    renew().catch((error: unknown) => {
      const isLost = error instanceof HikyakuError && error.code === 'claim-lost';
      if (isLost || Date.now() - renewedAt > claimSeconds * 1_000) controller.abort(new HikyakuError('claim-lost'));
    });
  };
  // Often enough that a watching person sees it move.
  const timer = setInterval(renewInTime, Math.min((claimSeconds * 1_000) / 3, 1_000));

  return {
    signal: AbortSignal.any([controller.signal, options.parent]),
    enter: renew,
    progress({ rowsRead, bytesRead }) {
      latest = { rowsSoFar: rowsRead, bytesSoFar: bytesRead };
    },
    stop: () => clearInterval(timer),
  };
}

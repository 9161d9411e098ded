import { advanceRun, type Claim } from '@hikyaku/db/ledger';
import { HikyakuError, type IngestRunState } from '@hikyaku/types';
import type { Pool } from 'pg';

export interface KeptClaim {
  /** Aborts when another worker took over, or when no renewal was answered for as long as the claim lasts. */
  signal: AbortSignal;
  /** Says which stage the run is in, and renews. @throws HikyakuError claim-lost; the signal's reason once it has aborted */
  enter(state: IngestRunState): Promise<void>;
  /** How far the run is; written with the next renewal. */
  progress(progress: { rowsRead: number; bytesRead: number }): void;
  stop(): void;
}

/**
 * Renews a claim at a third of its time, on connections of the pool, while the run works on its own. Renewals are also the
 * signs of life of a database whose answer to the run itself may take long.
 */
export function keepClaim(
  pool: Pool,
  claim: Claim,
  options: {
    claimSeconds: number;
    /** When the claim was asked for, in milliseconds since the epoch: it began no earlier. */
    claimedAt: number;
    parent: AbortSignal;
  },
): KeptClaim {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, options.parent]);
  const { claimSeconds } = options;
  const claimMilliseconds = claimSeconds * 1_000;
  let latest: { rowsSoFar?: number; bytesSoFar?: number } = {};
  let renewedAt = options.claimedAt;
  let askedAt = 0;
  let unanswered = 0;

  const lose = () => controller.abort(new HikyakuError('claim-lost'));
  const renew = async (state?: IngestRunState) => {
    const begin = Date.now();
    askedAt = begin;
    unanswered += 1;
    try {
      await advanceRun(pool, claim, { claimSeconds, ...latest, ...(state ? { state } : {}) });
    } finally {
      unanswered -= 1;
    }
    renewedAt = Math.max(renewedAt, begin);
  };
  const renewInTime = () => {
    if (Date.now() - renewedAt > claimMilliseconds) return lose();
    // One that hangs keeps no other from trying, on another connection.
    if (unanswered > 0 && Date.now() - askedAt < claimMilliseconds / 3) return;
    renew().catch((error: unknown) => {
      if (error instanceof HikyakuError && error.code === 'claim-lost') lose();
    });
  };
  // Often enough that a watching person sees it move.
  const timer = setInterval(renewInTime, Math.min(claimMilliseconds / 3, 1_000));
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);

  return {
    signal,
    enter: (state) => Promise.race([renew(state), aborted]),
    progress({ rowsRead, bytesRead }) {
      latest = { rowsSoFar: rowsRead, bytesSoFar: bytesRead };
    },
    stop: () => clearInterval(timer),
  };
}

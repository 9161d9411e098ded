import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@hikyaku/telemetry';
import { isOutage } from '../is-outage.ts';

const longestWaitSeconds = 5;

/**
 * Writes how a run ended, again and again while the ledger is away: a worker that lives doesn't leave its claim to run out,
 * which counts as a try of the file's. It holds the run's place meanwhile, which nobody could use without the ledger. Once
 * the process has to stop it tries a last time. Never throws.
 */
export async function tellLedger(
  { closing, logger }: { closing: AbortSignal; logger: Logger },
  write: () => Promise<void>,
): Promise<void> {
  for (let waitSeconds = 1; ; waitSeconds = Math.min(waitSeconds * 2, longestWaitSeconds)) {
    const isLast = closing.aborted;
    try {
      return await write();
    } catch (error) {
      const isAgain = !isLast && isOutage(error);
      logger.error({ err: error }, isAgain ? 'outcome not written yet' : 'outcome not written');
      if (!isAgain) return;
    }
    await delay(waitSeconds * 1_000, undefined, { signal: closing }).catch(() => undefined);
  }
}

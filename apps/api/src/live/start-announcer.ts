import { announceTimeline } from '@hikyaku/db/ledger';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool } from 'pg';

const sweepMilliseconds = 2_000;

export interface Announcer {
  announce(): void;
  close(): Promise<void>;
}

/**
 * Announces what was committed: at once when told to, and every two seconds what a process that died in between left
 * unannounced. Calls that come while one runs are one more run.
 */
export function startAnnouncer(pool: Pool, logger: Logger): Announcer {
  let running: Promise<void> | undefined;
  let again = false;

  const run = async () => {
    do {
      again = false;
      await announceTimeline(pool).catch((error: unknown) => logger.warn({ err: error }, 'announcing failed'));
    } while (again);
    running = undefined;
  };
  const announce = () => {
    if (running) again = true;
    else running = run();
  };
  const sweep = setInterval(announce, sweepMilliseconds);
  return {
    announce,
    async close() {
      clearInterval(sweep);
      again = false;
      await running;
    },
  };
}

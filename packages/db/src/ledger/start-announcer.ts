import type { Pool } from 'pg';
import { announceTimeline } from './sweep.ts';

/** Calls in between are one more announcement: NOTIFY locks the whole database for a moment at each commit. */
const leastIntervalMilliseconds = 250;

export interface Announcer {
  /** Says that something was committed that subscribers should hear of. Returns at once. */
  announce: () => void;
  /** Announces what is left and stops. */
  close(): Promise<void>;
}

/**
 * Announces what was committed: soon after being told to, and every `sweepMilliseconds` what a process that died
 * between its commit and its announcement left behind.
 */
export function startAnnouncer(options: {
  pool: Pool;
  sweepMilliseconds: number;
  onError: (error: unknown) => void;
}): Announcer {
  const { pool, onError } = options;
  let isDue = false;
  let closed = false;
  let running: Promise<void> | undefined;

  const run = async () => {
    while (isDue) {
      isDue = false;
      await announceTimeline(pool).catch(onError);
      if (!closed) await new Promise((resolve) => setTimeout(resolve, leastIntervalMilliseconds));
    }
    running = undefined;
  };
  const announce = () => {
    isDue = true;
    running ??= run();
  };
  const sweep = setInterval(announce, options.sweepMilliseconds);
  return {
    announce,
    async close() {
      clearInterval(sweep);
      closed = true;
      announce();
      await running;
    },
  };
}

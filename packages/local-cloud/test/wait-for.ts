import { setTimeout as delay } from 'node:timers/promises';

/** Waits for what must become true; throws after ten seconds. */
export async function waitFor(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await delay(50)) {
    if (await check()) return;
  }
  throw new Error('waited for 10 seconds in vain');
}

import { setTimeout as delay } from 'node:timers/promises';

/** Waits for what must become true; throws when it does not. */
export async function waitFor(check: () => boolean | Promise<boolean>, timeoutMilliseconds = 10_000): Promise<void> {
  for (const end = Date.now() + timeoutMilliseconds; Date.now() < end; await delay(50)) {
    if (await check()) return;
  }
  throw new Error(`waited for ${timeoutMilliseconds} ms in vain`);
}

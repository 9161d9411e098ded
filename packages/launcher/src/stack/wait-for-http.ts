import { setTimeout as delay } from 'node:timers/promises';
import { LauncherError } from '../launcher-error.ts';

/** Waits until a GET answers below 500. @throws LauncherError naming the log to look into. */
export async function waitForHttp(
  url: string,
  options: { timeoutSeconds: number; what: string; logFile: string; signal?: AbortSignal },
): Promise<void> {
  const end = Date.now() + options.timeoutSeconds * 1_000;
  while (Date.now() < end) {
    options.signal?.throwIfAborted();
    const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    await delay(200);
  }
  throw new LauncherError(
    `${options.what} did not answer within ${options.timeoutSeconds} s. Its log: ${options.logFile}`,
  );
}

import { untilAborted } from '@hikyaku/types';

/** Rejects with the signal's reason as soon as it is aborted. */
export function wait(seconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1_000);
  });
  return untilAborted(time, signal).finally(() => clearTimeout(timer));
}

/** Settles at the first Ctrl-C or SIGTERM, or when whoever started us is gone. Further signals change nothing. */
export function onceStopped(): { signal: AbortSignal; promise: Promise<void> } {
  const controller = new AbortController();
  const promise = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  const parent = process.ppid;
  // A parent killed with SIGKILL can't tell us; an orphan is adopted by somebody else.
  setInterval(() => {
    if (process.ppid !== parent) controller.abort();
  }, 1_000).unref();
  return { signal: controller.signal, promise };
}

/** Aborted, with the same reason, so many milliseconds after the other. */
export function signalAfter(signal: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  const wait = () => setTimeout(() => later.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  return later.signal;
}

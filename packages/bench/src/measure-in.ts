import { once } from 'node:events';

/**
 * Opens what is measured in, measures, and closes it: when all is measured, when something went wrong, and at once when it is
 * interrupted, whatever the measuring does then.
 *
 * @throws the signal's reason where it was interrupted
 */
export async function measureIn<Opened extends { close(): Promise<void> }>(
  open: () => Promise<Opened>,
  measure: (opened: Opened) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const opened = await open();
  try {
    signal.throwIfAborted();
    await Promise.race([measure(opened), once(signal, 'abort')]);
    signal.throwIfAborted();
  } finally {
    await opened.close();
  }
}

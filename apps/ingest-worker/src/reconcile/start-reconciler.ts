import { reconcile, type ReconcileOptions } from './reconcile.ts';

export interface Reconciler {
  /** Begins no further page and waits for the one in hand. */
  close(): Promise<void>;
}

/** Looks every `pollMilliseconds` whether it is time for a pass, or for the next pages of one. */
export function startReconciler(options: Omit<ReconcileOptions, 'signal'> & { pollMilliseconds: number }): Reconciler {
  const { logger, pollMilliseconds } = options;
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const run = async () => {
    try {
      await reconcile({ ...options, signal: closing.signal });
    } catch (error) {
      if (!closing.signal.aborted) logger.warn({ err: error }, 'reconciliation interrupted, it goes on from there');
    }
    if (closing.signal.aborted) return;
    timer = setTimeout(() => {
      running = run();
    }, pollMilliseconds);
  };
  let running = run();
  return {
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

import { untilAborted } from '@hikyaku/types';

/** Whether the device has a network at all. That it has one doesn't say that anything is reached by it. */
export interface Connectivity {
  isOnline(): boolean;
  /** Rejects with the signal's reason when it is aborted before. */
  untilOnline(signal: AbortSignal): Promise<void>;
}

/** As the browser knows it; Node knows nothing of it and is always online. */
export const browserConnectivity: Connectivity = {
  isOnline: () => !('onLine' in navigator) || navigator.onLine,
  async untilOnline(signal) {
    if (browserConnectivity.isOnline()) return;
    const online = Promise.withResolvers<void>();
    const told = () => online.resolve();
    addEventListener('online', told, { once: true });
    await untilAborted(online.promise, signal).finally(() => removeEventListener('online', told));
  },
};

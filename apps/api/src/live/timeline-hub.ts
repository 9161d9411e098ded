import type { TimelineAnnouncement } from '@hikyaku/db';

/** Fans announcements out to the subscriptions of this process. Holds no data: subscribers read for themselves. */
export interface TimelineHub {
  publish(announcement: TimelineAnnouncement): void;
  /** Everybody looks again: announcements were missed. */
  publishGap(): void;
  subscribe(filter: { organizationId: string; fileId?: string }): Subscription;
  close(): void;
}

interface Subscription {
  /** Waits for the next change; one that came while nobody waited counts. */
  next(timeoutMilliseconds: number): Promise<'changed' | 'timeout' | 'closed'>;
  close(): void;
}

export function createTimelineHub(): TimelineHub {
  let isClosed = false;
  const subscribers = new Set<{ matches(change: TimelineAnnouncement): boolean; wake(): void; close(): void }>();

  return {
    publish(announcement) {
      for (const subscriber of subscribers) if (subscriber.matches(announcement)) subscriber.wake();
    },
    publishGap() {
      for (const subscriber of subscribers) subscriber.wake();
    },
    subscribe(filter) {
      // A change while nobody waits is remembered: many changes in between are one look.
      let changed = false;
      // A request that was already on its way when the hub closed must not hold the process.
      let closed = isClosed;
      let resolve: (() => void) | undefined;
      const subscriber = {
        matches: (change: TimelineAnnouncement) =>
          change.organizationId === filter.organizationId && (!filter.fileId || change.fileId === filter.fileId),
        wake() {
          changed = true;
          resolve?.();
        },
        close() {
          closed = true;
          subscribers.delete(subscriber);
          resolve?.();
        },
      };
      subscribers.add(subscriber);
      return {
        async next(timeoutMilliseconds) {
          if (!changed && !closed) await wait(timeoutMilliseconds, (done) => (resolve = done));
          resolve = undefined;
          if (closed) return 'closed';
          const outcome = changed ? 'changed' : 'timeout';
          changed = false;
          return outcome;
        },
        close: () => subscriber.close(),
      };
    },
    close() {
      isClosed = true;
      for (const subscriber of subscribers) subscriber.close();
    },
  };
}

async function wait(milliseconds: number, register: (done: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
    register(resolve);
  });
  clearTimeout(timer);
}

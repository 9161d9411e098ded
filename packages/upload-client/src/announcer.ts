export interface Announcer {
  readonly subscribe: (listener: () => void) => () => void;
  readonly announce: () => void;
}

/** Tells listeners of changes: at once while there is little to draw, else no more often than they can follow. */
export function createAnnouncer(pauseMilliseconds: () => number): Announcer {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    timer = undefined;
    toldAt = performance.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce() {
      if (timer !== undefined) return;
      const left = toldAt + pauseMilliseconds() - performance.now();
      if (left <= 0) tell();
      else timer = setTimeout(tell, left);
    },
  };
}

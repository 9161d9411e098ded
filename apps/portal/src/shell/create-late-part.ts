/** What is there of a part of the page, and whether it was asked for in vain. */
export interface LatePartState<Part> {
  readonly part: Part | null;
  readonly isMissing: boolean;
}

export interface LatePart<Part> {
  /** Asks for it, unless it is there or on its way. */
  load(): void;
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => LatePartState<Part>;
}

/**
 * A part of the page whose script comes when it is needed. Where it does not come (no network, or another version was put in its
 * place meanwhile) it may be asked for again, and the page can say so: what React loads by itself fails with the whole page.
 */
export function createLatePart<Part>(fetchPart: () => Promise<Part>): LatePart<Part> {
  const listeners = new Set<() => void>();
  let state: LatePartState<Part> = { part: null, isMissing: false };
  let isOnItsWay = false;
  const become = (next: LatePartState<Part>) => {
    isOnItsWay = false;
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    load() {
      if (isOnItsWay || state.part !== null) return;
      isOnItsWay = true;
      fetchPart().then(
        (part) => become({ part, isMissing: false }),
        () => become({ part: null, isMissing: true }),
      );
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => state,
  };
}

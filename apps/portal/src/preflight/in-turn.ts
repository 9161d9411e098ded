export interface Turns {
  /** Items that are worked on side by side. */
  atOnce: number;
  /** After so long an item makes room for the next, and goes on beside it. */
  turnMilliseconds: number;
  /** With so many beside it a further one waits: what is only slow would be the slower for it. */
  mostUnderWay: number;
}

/**
 * Does the work for each item, few at a time and in their order; a few that take long hold nobody up. Ends once all of it is
 * done. The work must not throw.
 */
export async function inTurn<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
  { atOnce, turnMilliseconds, mostUnderWay }: Turns,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const underWay = new Set<Promise<void>>();
  const takeTurns = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const done = work(next.value);
      underWay.add(done);
      void done.finally(() => underWay.delete(done));
      await forAtMost(turnMilliseconds, done);
      while (underWay.size >= mostUnderWay) await Promise.race(underWay);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  await Promise.all(underWay);
}

async function forAtMost(milliseconds: number, done: Promise<void>): Promise<void> {
  const isOver = Promise.withResolvers<void>();
  const timer = setTimeout(isOver.resolve, milliseconds);
  await Promise.race([done, isOver.promise]);
  clearTimeout(timer);
}

/** Does the work when all that was asked for before it under the same name is over, however that ended. */
export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Different names don't wait for each other. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}

import { untilAborted } from './until-aborted.ts';

/** A number of connections that several uploads share; who comes first is served first. */
export interface ConnectionBudget {
  /** Works as soon as a connection is free; rejects with the signal's reason when it is aborted while waiting. */
  readonly use: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/** What a browser opens to one host by HTTP/1.1. More would only wait inside it, and look like a stalled line to us. */
const connectionsPerHost = 6;

export function createConnectionBudget(most: number = connectionsPerHost): ConnectionBudget {
  const waiting: (() => void)[] = [];
  let used = 0;

  const take = async (signal: AbortSignal) => {
    if (used < most) {
      used += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    waiting.push(turn.resolve);
    try {
      // Whoever gives back hands over: `used` stays as it is.
      await untilAborted(turn.promise, signal);
    } catch (error) {
      const place = waiting.indexOf(turn.resolve);
      if (place >= 0) waiting.splice(place, 1);
      else giveBack();
      throw error;
    }
  };
  const giveBack = () => {
    const next = waiting.shift();
    if (next) next();
    else used -= 1;
  };
  return {
    async use(work, signal) {
      signal.throwIfAborted();
      await take(signal);
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
}

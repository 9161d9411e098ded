import { HikyakuError, untilAborted } from '@hikyaku/types';

/**
 * A number of connections that several uploads share; who comes first is served first. Adapts to the line: work that fails for the
 * network halves what may be open at once, down to one, and each that succeeds adds one again. Many connections over a thin line
 * all take long, and all begin anew when it breaks.
 */
export interface ConnectionBudget {
  /** Works as soon as a connection is free; rejects with the signal's reason when it is aborted while waiting. */
  readonly use: <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
}

/** What a browser opens to one host by HTTP/1.1. More would only wait inside it, and look like a stalled line to us. */
const connectionsPerHost = 6;

export function createConnectionBudget(most: number = connectionsPerHost): ConnectionBudget {
  const waiting: (() => void)[] = [];
  let used = 0;
  let allowed = most;

  const handOut = () => {
    while (waiting.length > 0 && used < allowed) {
      used += 1;
      waiting.shift()?.();
    }
  };
  const take = async (signal: AbortSignal) => {
    const turn = Promise.withResolvers<void>();
    waiting.push(turn.resolve);
    handOut();
    try {
      await untilAborted(turn.promise, signal);
    } catch (error) {
      const place = waiting.indexOf(turn.resolve);
      if (place >= 0) waiting.splice(place, 1);
      else giveBack();
      throw error;
    }
  };
  const giveBack = () => {
    used -= 1;
    handOut();
  };
  const learn = (error: unknown) => {
    if (error instanceof HikyakuError && error.code === 'network') allowed = Math.max(1, Math.floor(allowed / 2));
  };
  return {
    async use(work, signal) {
      signal.throwIfAborted();
      await take(signal);
      try {
        const result = await work();
        allowed = Math.min(most, allowed + 1);
        return result;
      } catch (error) {
        learn(error);
        throw error;
      } finally {
        giveBack();
      }
    },
  };
}

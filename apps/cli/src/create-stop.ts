import type { Readable } from 'node:stream';
import { type StopSignal, Stopped, signalExitCode } from './exit-code.ts';

/** A program in between (npm, a shell) passes on what the whole group got already: that is nobody's impatience. */
const echoMilliseconds = 1_000;

/** How a run ends before its end. */
export interface Stop {
  /** Aborted with `Stopped`. */
  signal: AbortSignal;
  /** The first time what is under way is put in order; a second time, a second or more later, nobody waits for that. */
  by: (signal: StopSignal) => void;
}

/** @param stdin who waits for it waits no longer: silent, it would hold the end up without end */
export function createStop(stdin: Readable, exit: (code: number) => void): Stop {
  const controller = new AbortController();
  let stoppedAt = 0;
  // Where nobody reads it, nobody else hears that it was closed.
  stdin.on('error', () => undefined);
  return {
    signal: controller.signal,
    by(signal) {
      const now = performance.now();
      if (controller.signal.aborted) {
        if (now - stoppedAt >= echoMilliseconds) exit(signalExitCode[signal]);
        return;
      }
      stoppedAt = now;
      const reason = new Stopped(signal);
      controller.abort(reason);
      stdin.destroy(reason);
    },
  };
}

import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { rotateLog } from './part-log.ts';
import { isAlive, stopProcess } from './stop-process.ts';

export interface Daemon {
  readonly pid: number;
  /** Settles when the process has ended, however that came. */
  readonly exited: Promise<string>;
  hasExited(): boolean;
  /** Asks with `signal`, insists with SIGKILL after `timeoutMilliseconds`, and resolves when the process is gone. */
  stop(signal: NodeJS.Signals, timeoutMilliseconds?: number): Promise<void>;
}

/**
 * Starts a program that stays in the foreground. It gets a process group of its own, so that Ctrl-C in a terminal reaches the
 * supervisor alone and the parts end in order; its output goes to `logFile`, its id to `pidFile` for `stopLeftover`.
 */
export async function spawnDaemon(options: {
  command: string;
  args: readonly string[];
  logFile: string;
  pidFile: string;
  /** What the program takes for its own name. */
  argv0?: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}): Promise<Daemon> {
  rotateLog(options.logFile);
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(options.command, [...options.args], {
      detached: true,
      argv0: options.argv0,
      cwd: options.cwd,
      stdio: ['ignore', log, log],
      env: options.env ?? process.env,
    });
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
      child.once('error', (error) => resolve(error.message));
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    const { pid } = child;
    if (pid === undefined) throw new Error(`${options.command} has no process id`);
    writeFileSync(options.pidFile, `${pid}\n`);
    let ended = false;
    const forgotten = exited.then(async (how) => {
      ended = true;
      await rm(options.pidFile, { force: true });
      return how;
    });
    return {
      pid,
      exited: forgotten,
      hasExited: () => ended,
      async stop(signal, timeoutMilliseconds = 20_000) {
        if (!ended) {
          await Promise.race([
            stopProcess(pid, { signal, timeoutMilliseconds, isRunning: () => !ended && isAlive(pid) }),
            forgotten,
          ]);
        }
        await forgotten;
      },
    };
  } finally {
    closeSync(log);
  }
}

/** Waits until `check` is true; gives up with `false` after `timeoutMilliseconds` or when `abandoned` says so. */
export async function waitUntil(
  check: () => Promise<boolean>,
  options: { timeoutMilliseconds: number; intervalMilliseconds?: number; abandoned?: () => boolean },
): Promise<boolean> {
  const end = Date.now() + options.timeoutMilliseconds;
  while (Date.now() < end) {
    if (options.abandoned?.() === true) return false;
    if (await check()) return true;
    await delay(options.intervalMilliseconds ?? 50);
  }
  return false;
}

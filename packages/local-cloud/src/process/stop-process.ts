import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findTextFile } from './secret-file.ts';

/** False for a zombie too: what it held is free, and an orphan may stay one where process 1 collects nobody. */
export function isAlive(pid: number): boolean {
  return sendSignal(pid, 0) && !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/** False when there is no such process; a process of another user counts as being there. */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A process that writes to a stuck disk cannot be killed; waiting longer would not help. */
const killGraceMilliseconds = 10_000;

/** Asks once, then insists with SIGKILL; resolves when `isRunning` is false. */
export async function stopProcess(
  pid: number,
  options: { signal: NodeJS.Signals; timeoutMilliseconds: number; isRunning?: () => boolean },
): Promise<void> {
  const isRunning = options.isRunning ?? (() => isAlive(pid));
  sendSignal(pid, options.signal);
  const insistAt = Date.now() + options.timeoutMilliseconds;
  let insisted = false;
  while (isRunning()) {
    if (!insisted && Date.now() > insistAt) {
      sendSignal(pid, 'SIGKILL');
      insisted = true;
    }
    if (Date.now() > insistAt + killGraceMilliseconds) throw new Error(`process ${pid} does not end, even by SIGKILL`);
    await delay(20);
  }
}

/** The command line of a process, or undefined where there is none to see (it ended, or the system has no /proc). */
async function findCommandLine(pid: number): Promise<string | undefined> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
}

/**
 * Ends the process that `pidFile` names, if it still is the one we started: ids are given again, so its command line must
 * contain `marker`, a path only our process would name.
 */
export async function stopLeftover(options: {
  pidFile: string;
  marker: string;
  signal: NodeJS.Signals;
  /** Removes the pid file afterwards; false where the program minds its own. */
  removePidFile?: boolean;
}): Promise<boolean> {
  const pid = Number.parseInt((await findTextFile(options.pidFile)) ?? '', 10);
  if (!Number.isSafeInteger(pid) || pid <= 1) return false;
  const found = (await findCommandLine(pid))?.includes(options.marker) ?? false;
  if (found) await stopProcess(pid, { signal: options.signal, timeoutMilliseconds: 15_000 });
  if (options.removePidFile !== false) await rm(options.pidFile, { force: true });
  return found;
}

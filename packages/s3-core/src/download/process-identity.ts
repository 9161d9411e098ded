import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** `<host>-<process>-<when it began>`: no other process has it, not even a later one of the same number. */
export async function processIdentity(): Promise<string> {
  return `${thisHost()}-${process.pid}-${await beginOf(process.pid)}`;
}

/** Undefined where that can't be told from here. */
export async function isAlive(identity: string): Promise<boolean | undefined> {
  const [host, pid, begin] = identity.split('-');
  if (host !== thisHost()) return undefined;
  const number = Number(pid);
  if (!isRunning(number)) return false;
  return (await beginOf(number)) === begin;
}

function thisHost(): string {
  return hash('sha256', hostname()).slice(0, 8);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** In ticks of the kernel; `0` on systems that don't say it this way. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function beginOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // A program's name, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[19] ?? '0';
}

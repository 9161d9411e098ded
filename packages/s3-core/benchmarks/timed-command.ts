import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TimedCommand {
  seconds: number;
  /** User and system time of all its threads. */
  processorSeconds: number;
  output: string;
}

/** Runs a program to its end, with exactly this environment beside the PATH of the system. */
export async function timedCommand(
  command: readonly string[],
  environment: Record<string, string> = {},
): Promise<TimedCommand> {
  // Debian's own programs, whatever else may be on the path.
  const env = { PATH: '/usr/bin:/bin', HOME: '/nonexistent', ...environment };
  const script = `TIMEFORMAT='%R %U %S'; time "$@"`;
  const { stdout, stderr } = await run('bash', ['-c', script, 'bash', ...command], { env });
  const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  if (!(seconds > 0)) throw new Error(`no times were told: ${stderr}`);
  return { seconds, processorSeconds: user + system, output: stdout };
}

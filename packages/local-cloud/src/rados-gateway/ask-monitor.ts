import { setTimeout as delay } from 'node:timers/promises';
import { runProgram } from '../process/run-program.ts';
import { cephPaths } from './ceph-config.ts';

/** What a client says of a monitor that listens and knows nobody yet: nothing was asked of it, so it can be asked again. */
const isTooEarly = /problem getting command descriptions/;
const pauseMilliseconds = 200;

/** Gives a command to the monitor, which may just have begun. */
export async function askMonitor(
  folder: string,
  command: readonly string[],
  options: { patienceMilliseconds?: number } = {},
): Promise<string> {
  const end = Date.now() + (options.patienceMilliseconds ?? 30_000);
  for (;;) {
    try {
      return await runProgram('ceph', ['-c', cephPaths(folder).config, '--connect-timeout', '20', ...command]);
    } catch (error) {
      if (!(error instanceof Error) || !isTooEarly.test(error.message) || Date.now() >= end) throw error;
    }
    await delay(pauseMilliseconds);
  }
}

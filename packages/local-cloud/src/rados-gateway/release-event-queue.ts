import { z } from 'zod';
import { runProgram } from '../process/run-program.ts';
import { cephPaths } from './ceph-config.ts';
import { cephEnvironment } from './ceph-daemons.ts';

const lockInfo = z.object({ lockers: z.array(z.object({ name: z.string(), cookie: z.string() })) });

/**
 * The gateway that works off a persistent topic's queue holds a lock on it for 90 seconds, and does not give it back when it
 * stops; the next one would push no event until then. Where only one gateway runs, nobody can hold it before the start.
 * Needs a running OSD and no gateway.
 */
export async function releaseEventQueue(folder: string, topicName: string): Promise<void> {
  const rados = (...args: string[]) =>
    runProgram('rados', ['-c', cephPaths(folder).config, '-p', 'default.rgw.log', '-N', 'notif', ...args], {
      env: cephEnvironment(folder),
    });
  const lockName = `${topicName}_lock`;
  const { lockers } = lockInfo.parse(JSON.parse(await rados('lock', 'info', topicName, lockName)));
  for (const { name, cookie } of lockers) {
    await rados('lock', 'break', topicName, lockName, name, '--lock-cookie', cookie);
  }
}

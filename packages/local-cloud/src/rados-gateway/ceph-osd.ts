import { randomUUID } from 'node:crypto';
import { runProgram } from '../process/run-program.ts';
import { askMonitor } from './ask-monitor.ts';
import { cephPaths } from './ceph-config.ts';

/** Makes the store of the only OSD, `0`, and announces it to the running monitor. */
export async function createCephOsd(folder: string): Promise<void> {
  const { config } = cephPaths(folder);
  const osdId = randomUUID();
  await Promise.all([
    askMonitor(folder, ['osd', 'new', osdId, '0']),
    // It would wait for settings from the monitor, which has none for it.
    runProgram('ceph-osd', ['-c', config, '-i', '0', '--mkfs', '--osd-uuid', osdId, '--no-mon-config']),
  ]);
}

export const cephOsdArgs = (folder: string): string[] => ['-f', '-i', '0', '-c', cephPaths(folder).config];

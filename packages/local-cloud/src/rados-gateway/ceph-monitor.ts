import { rm } from 'node:fs/promises';
import { runProgram } from '../process/run-program.ts';
import { cephPaths } from './ceph-config.ts';

/** Makes the monitor's store. The cluster's only monitor is `a`. */
export async function createCephMonitor(options: {
  folder: string;
  clusterId: string;
  monitorPort: number;
}): Promise<void> {
  const paths = cephPaths(options.folder);
  await writeMonitorMap(options);
  await runProgram('ceph-mon', [
    '-c',
    paths.config,
    '--mkfs',
    '-i',
    'a',
    '--monmap',
    paths.monitorMap,
    '--mon-data',
    paths.monitorData,
  ]);
}

/** The monitor's address lives in its own map, not only in the configuration: a new port must be written into it. */
export async function moveCephMonitor(options: {
  folder: string;
  clusterId: string;
  monitorPort: number;
}): Promise<void> {
  const paths = cephPaths(options.folder);
  await writeMonitorMap(options);
  await runProgram('ceph-mon', ['-c', paths.config, '-i', 'a', '--inject-monmap', paths.monitorMap]);
}

async function writeMonitorMap(options: { folder: string; clusterId: string; monitorPort: number }): Promise<void> {
  const { monitorMap } = cephPaths(options.folder);
  await rm(monitorMap, { force: true });
  await runProgram('monmaptool', [
    '--create',
    '--clobber',
    '--fsid',
    options.clusterId,
    '--addv',
    'a',
    `v1:127.0.0.1:${options.monitorPort}`,
    monitorMap,
  ]);
}

export const cephMonitorArgs = (folder: string): string[] => ['-f', '-i', 'a', '-c', cephPaths(folder).config];

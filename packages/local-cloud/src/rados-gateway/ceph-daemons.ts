import { join } from 'node:path';
import { type Daemon, spawnDaemon } from '../process/daemon.ts';
import { stopLeftover } from '../process/stop-process.ts';
import { cephMonitorArgs } from './ceph-monitor.ts';
import { cephOsdArgs } from './ceph-osd.ts';
import { cephPaths } from './ceph-config.ts';

export type CephDaemonName = 'ceph-mon' | 'ceph-osd' | 'radosgw';

/** The gateway writes through the OSD, the OSD asks the monitor: each is stopped before what it needs. */
const stopOrder: readonly CephDaemonName[] = ['radosgw', 'ceph-osd', 'ceph-mon'];

const maximumOsdStarts = 5;

export interface CephDaemons {
  startMonitor(): Promise<void>;
  startOsd(): Promise<void>;
  startGateway(port: number): Promise<Daemon>;
  processIds(): number[];
  isRunning(name: CephDaemonName): boolean;
  /** What a daemon that should run says about its end, if it ended. */
  findEnded(): string | undefined;
  stop(signal: NodeJS.Signals): Promise<void>;
}

export const cephLogFile = (logFolder: string, name: CephDaemonName) => join(logFolder, `${name}.log`);

/** Starts and stops the three programs; says nothing about what is in them. `onEnded` hears of an end nobody asked for. */
export function createCephDaemons(options: {
  folder: string;
  logFolder: string;
  onEnded: (how: string) => void;
}): CephDaemons {
  const running = new Map<CephDaemonName, Daemon>();
  const stopping = new Set<Daemon>();
  let ended: string | undefined;

  const watch = (name: CephDaemonName, daemon: Daemon, retry?: () => Promise<boolean>) => {
    running.set(name, daemon);
    const noteEnd = async () => {
      const how = await daemon.exited;
      if (stopping.has(daemon)) return;
      if (running.get(name) === daemon) running.delete(name);
      if ((await retry?.()) === true) return;
      ended = `${name} (${how})`;
      options.onEnded(ended);
    };
    void noteEnd();
  };

  const start = (name: CephDaemonName, args: readonly string[]) =>
    spawnDaemon({
      command: name,
      args,
      logFile: cephLogFile(options.logFolder, name),
      pidFile: pidFile(options.folder, name),
      env: cephEnvironment(options.folder),
    });

  // At its first start the OSD may see a monitor whose map is not complete yet, say "wrong fsid" and end.
  const startOsd = async (starts: number): Promise<void> => {
    const daemon = await start('ceph-osd', cephOsdArgs(options.folder));
    const begunAt = Date.now();
    watch('ceph-osd', daemon, async () => {
      if (starts >= maximumOsdStarts || Date.now() - begunAt > 10_000) return false;
      await startOsd(starts + 1);
      return true;
    });
  };

  const stopOne = async (name: CephDaemonName, signal: NodeJS.Signals) => {
    const daemon = running.get(name);
    if (daemon === undefined) return;
    stopping.add(daemon);
    await daemon.stop(signal);
    if (running.get(name) === daemon) running.delete(name);
  };

  return {
    async startMonitor() {
      ended = undefined;
      watch('ceph-mon', await start('ceph-mon', cephMonitorArgs(options.folder)));
    },
    startOsd: () => startOsd(1),
    async startGateway(port) {
      const daemon = await start('radosgw', gatewayArgs(options.folder, port));
      watch('radosgw', daemon);
      return daemon;
    },
    processIds: () => [...running.values()].map((daemon) => daemon.pid),
    isRunning: (name) => running.has(name),
    findEnded: () => ended,
    async stop(signal) {
      // Killed programs need no order, and a gateway without an OSD would wait for one.
      if (signal === 'SIGKILL') await Promise.all(stopOrder.map((name) => stopOne(name, signal)));
      else for (const name of stopOrder) await stopOne(name, signal);
    },
  };
}

export async function stopCephLeftovers(folder: string): Promise<void> {
  const marker = cephPaths(folder).config;
  for (const name of stopOrder) await stopLeftover({ pidFile: pidFile(folder, name), marker, signal: 'SIGTERM' });
}

function gatewayArgs(folder: string, port: number): string[] {
  const frontend = `--rgw_frontends=beast endpoint=127.0.0.1:${port}`;
  return ['-f', '-n', 'client.rgw.a', '-c', cephPaths(folder).config, frontend];
}

/** CEPH_ARGS of the person's shell would change our daemons. */
export function cephEnvironment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, CEPH_ARGS: '', CEPH_CONF: cephPaths(folder).config };
}

const pidFile = (folder: string, name: CephDaemonName) => join(folder, `${name}.pid`);

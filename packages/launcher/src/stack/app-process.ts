import { join } from 'node:path';
import { type Daemon, spawnDaemon, stopLeftover } from '@hikyaku/local-cloud/process';

/** One of our own programs, as the stack runs it. */
export interface AppProcessOptions {
  name: string;
  cwd: string;
  args: readonly string[];
  env: Record<string, string>;
  dataFolder: string;
  /** Told when it died without having been asked to; it is started again. */
  onDeath(name: string, how: string, logFile: string): void;
  stopTimeoutMilliseconds?: number;
}

export interface AppProcess {
  readonly name: string;
  readonly logFile: string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Ends what a launcher that was killed left running on this data: by name, and what its command line must contain. */
export async function stopLeftoverApps(dataFolder: string, apps: Record<string, string>): Promise<void> {
  for (const [name, marker] of Object.entries(apps)) {
    await stopLeftover({ pidFile: pidFileOf(dataFolder, name), marker, signal: 'SIGTERM' });
  }
}

const pidFileOf = (dataFolder: string, name: string) => join(dataFolder, `${name}.pid`);

const longestPauseMilliseconds = 30_000;

/** Starts it, and starts it again when it dies: after one second, then two, four, up to thirty. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const { name, dataFolder } = options;
  const logFile = join(dataFolder, 'logs', `${name}.log`);
  const pidFile = pidFileOf(dataFolder, name);
  let daemon: Daemon | undefined;
  let stopping = false;
  let pauseMilliseconds = 1_000;
  let timer: NodeJS.Timeout | undefined;

  const start = async () => {
    const startedAt = Date.now();
    const started = await spawnDaemon({
      command: process.execPath,
      args: options.args,
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      logFile,
      pidFile,
    });
    daemon = started;
    void startAgainAfter(started, startedAt);
  };

  const startAgainAfter = async (ended: Daemon, startedAt: number) => {
    const how = await ended.exited;
    if (stopping) return;
    options.onDeath(name, how, logFile);
    if (Date.now() - startedAt > longestPauseMilliseconds) pauseMilliseconds = 1_000;
    timer = setTimeout(() => void start(), pauseMilliseconds);
    pauseMilliseconds = Math.min(pauseMilliseconds * 2, longestPauseMilliseconds);
  };

  await start();
  return {
    name,
    logFile,
    pid: () => (daemon?.hasExited() === false ? daemon.pid : undefined),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await daemon?.stop('SIGTERM', options.stopTimeoutMilliseconds ?? 30_000);
    },
  };
}

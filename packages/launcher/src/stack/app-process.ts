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

const longestPauseMilliseconds = 30_000;

/** Starts it, and starts it again when it dies: after one second, then two, four, up to thirty. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const { name, dataFolder } = options;
  const logFile = join(dataFolder, 'logs', `${name}.log`);
  const pidFile = join(dataFolder, `${name}.pid`);
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

  // A launcher that was killed could not stop its children.
  await stopLeftover({ pidFile, marker: options.args[0] ?? name, signal: 'SIGTERM' });
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

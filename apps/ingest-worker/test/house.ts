import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { migratedDatabase } from '@hikyaku/db/testing';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { tableDefinition } from '@hikyaku/types';
import { Client, Pool, type QueryResultRow } from 'pg';
import { expect } from 'vitest';
import { furnishOrganization } from './furnish-organization.ts';
import { openQueueBackend } from './queue-backend.ts';
import { until } from './until.ts';
import { spawnWorker, type WorkerProcess } from './worker-process.ts';

/** Short waits, so that tests of what happens after them are short. */
const shortWaits = {
  CLAIM_SECONDS: '3',
  RETRY_SECONDS: '1',
  SWEEP_SECONDS: '1',
  // A message may have gone to the long poll of a worker that a test killed.
  VISIBILITY_TIMEOUT_SECONDS: '2',
};

/** A dataset small enough to read: what files of the tests are made of. */
const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer', required: true },
    { name: 'name', type: 'text', required: true, maxLength: 50 },
    { name: 'amount', type: 'number' },
  ],
  primaryKey: ['id'],
  rejectLimit: 10,
});

export type House = Awaited<ReturnType<typeof buildHouse>>;

/** An organization with one dataset, on an account and a database of its own; workers are real processes. */
export async function buildHouse(options: { superuserUrl?: string } = {}) {
  const superuserUrl = options.superuserUrl ?? testCloud().postgres?.superuserUrl();
  const endpoint = testCloud().s3?.endpoint;
  if (!superuserUrl || !endpoint) throw new Error('the test cloud runs without PostgreSQL or S3');
  const [account, database] = await Promise.all([testAccount(), migratedDatabase(superuserUrl)]);
  const { organizationId, target } = await furnishOrganization(database, { slug: 'items', definition });
  const { schema } = target;

  const all = new Pool({ connectionString: database.superuser, max: 4 });
  all.on('error', () => undefined);
  const queue = await openQueueBackend(all);
  const s3 = new S3Client({
    endpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const workers: WorkerProcess[] = [];
  const holders: Client[] = [];
  const keyOf = (name: string) => `incoming/${organizationId}/items/${name}`;

  return {
    account,
    database,
    organizationId,
    target,
    s3,
    queue,
    keyOf,
    /** As a superuser: tests look at everything. */
    query: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await all.query<Row>(sql, values)).rows,
    /** A session that holds a table until `end`, or until `letGo` after a test that failed holding it. */
    async lock(table: string): Promise<Client> {
      const client = new Client(database.superuser);
      client.on('error', () => undefined);
      await client.connect();
      holders.push(client);
      await client.query('BEGIN');
      await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      return client;
    },
    async letGo() {
      await Promise.all(holders.splice(0).map((holder) => holder.end()));
    },
    /** Puts an object as a foreign client would; by default under the dataset. */
    async put(name: string, body: string | Buffer, key = keyOf(name)) {
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: account.bucket, Key: key, Body: body }));
      return { key, versionId: VersionId };
    },
    async startWorker(environment: Record<string, string> = {}): Promise<WorkerProcess> {
      const worker = spawnWorker(account, database, { ...shortWaits, ...queue.environment, ...environment });
      workers.push(worker);
      await until(() => worker.log().includes('"msg":"started"') || undefined, 'the worker to start');
      return worker;
    },
    /** Waits until the newest arrival of the key is settled, or in `state`. */
    arrival: (key: string, state?: string) =>
      until(
        async () => {
          const { rows } = await all.query<ArrivalRow>(
            'SELECT * FROM arrival WHERE key = $1 ORDER BY position DESC LIMIT 1',
            [key],
          );
          const found = rows[0];
          if (!found) return undefined;
          const settled = [
            'taken_in',
            'refused',
            'failed',
            'unrouted',
            'quarantined',
            'stored',
            'duplicate',
            'same_content',
            'stale',
            'superseded',
          ];
          return (state ? found.state === state : settled.includes(found.state)) ? found : undefined;
        },
        `an arrival of ${key} ${state ?? 'settled'}`,
      ),
    /** Waits until the arrival of the key is in this state at this attempt. */
    arrivalWith: (key: string, { state, attempts }: { state: string; attempts: number }) =>
      until(
        async () =>
          (
            await all.query('SELECT FROM arrival WHERE key = $1 AND state = $2 AND attempts = $3', [
              key,
              state,
              attempts,
            ])
          ).rowCount === 1 || undefined,
        `an arrival of ${key} ${state} at attempt ${attempts}`,
      ),
    rows: async () =>
      (await all.query<{ id: string; name: string }>(`SELECT * FROM "${schema}".items ORDER BY id`)).rows,
    runs: async (arrivalId: string) =>
      (
        await all.query<RunRow>('SELECT * FROM ingest_run WHERE arrival_id = $1 ORDER BY attempt, started_at', [
          arrivalId,
        ])
      ).rows,
    /** What may never stay behind once everything is settled. */
    async expectNothingLeft() {
      const { rows } = await all.query(
        `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = $1 AND c.relname LIKE '\\_staging%'`,
        [schema],
      );
      expect(rows).toEqual([]);
    },
    async tearDown() {
      for (const worker of workers) worker.signal('SIGKILL');
      await Promise.all(workers.map((worker) => worker.exited));
      s3.destroy();
      // Cuts what a failed test left connected, which the pool would wait for for ever.
      await database.drop();
      await Promise.all([all.end(), account.delete(), queue.close()]);
    },
  };
}

export interface ArrivalRow {
  id: string;
  state: string;
  cause_code: string | null;
  cause_details: Record<string, unknown> | null;
  organization_id: string | null;
  attempts: number;
  claim_epoch: string;
  rows_read: string | null;
  rows_inserted: string | null;
  rows_updated: string | null;
  rows_unchanged: string | null;
  rows_repeated: string | null;
  rows_rejected: string | null;
  version_id: string;
  created_at: Date;
}

export interface RunRow {
  id: string;
  state: string;
  claimed_by: string;
  claim_epoch: string;
  counts: boolean;
  cause_code: string | null;
}

/** `count` rows of the dataset, ids from 1. */
export function itemsFile(count: number, suffix = ''): Buffer {
  const lines = ['id,name,amount'];
  for (let id = 1; id <= count; id += 1) lines.push(`${id},item ${id}${suffix},${id / 4}`);
  return Buffer.from(`${lines.join('\n')}\n`);
}

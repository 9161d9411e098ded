import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BenchRow, runPairs, secondsOf, spreadOf } from '@hikyaku/bench';
import { until } from '../test/until.ts';
import type { BenchHouse } from './bench-house.ts';
import { ordersDefinition } from './rows-file.ts';
import { runShellPipeline } from './shell-pipeline.ts';

const goalRatio = 1.8;
const columns = ordersDefinition.columns.map(({ name }) => name).join(', ');

/** P1: from S3 to the merged table, the worker as it runs against the shell pipeline; event, claim and ledger included. */
export async function benchFirstLoad(
  house: BenchHouse,
  file: { path: string; rows: number },
  options: { rounds: number; note: (text: string) => void },
): Promise<BenchRow> {
  await makePeerTables(house);
  const sha256 = await sha256Of(file.path);
  let round = 0;
  let key = '';
  const stages: Record<string, number>[] = [];

  const ours = {
    reset: () => empty(house, house.table),
    async run() {
      round += 1;
      key = await house.put(`round-${round}.csv.gz.age`, file.path);
      const seconds = await secondsOf(() => takenIn(house, key, file.rows));
      stages.push(await secondsByStage(house, key));
      return seconds;
    },
  };
  const peer = {
    reset: () => empty(house, 'peer.orders'),
    async run() {
      const environment = {
        URL: await house.presignedUrl(key),
        FILE: join(house.folder, 'fetched'),
        SHA256: sha256,
        IDENTITY: house.identityFile,
        DATABASE: house.databaseUrl,
        UPSERT: upsert,
      };
      return secondsOf(() => runShellPipeline(environment));
    },
  };
  const result = await runPairs({
    ours,
    peer,
    compare: () => expectSameRows(house, file.rows),
    rounds: options.rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      options.note(`first load, round ${number}: ${oursSeconds.toFixed(2)} s, shell ${peerSeconds.toFixed(2)} s`),
  });
  return {
    goalId: 'P1',
    what: `first load of ${file.rows.toLocaleString('en')} rows × 10 (\`.csv.gz.age\`), from S3 to the merged table`,
    peer: 'shell pipeline',
    ours: result.oursSeconds,
    theirs: result.peerSeconds,
    unit: 's',
    ratio: result.ratio,
    goal: `≥ ${goalRatio}×`,
    isMet: result.ratio.median >= goalRatio,
    ...(result.ratio.median < goalRatio ? { limitedBy: limitOf(stages) } : {}),
  };
}

/** By the run's own timeline, which begins when it is claimed. */
async function secondsByStage({ query }: BenchHouse, key: string): Promise<Record<string, number>> {
  const rows = await query<{ state: string; seconds: number }>(
    `SELECT t.state, extract(epoch FROM lead(t.at) OVER (ORDER BY t.id) - t.at)::float AS seconds
       FROM timeline_entry t JOIN arrival a ON a.id = t.arrival_id
      WHERE a.key = $1 AND t.subject = 'run' ORDER BY t.id`,
    [key],
  );
  return Object.fromEntries(rows.map(({ state, seconds }) => [state, seconds ?? 0]));
}

function limitOf(stages: readonly Record<string, number>[]): string {
  const median = (state: string) => spreadOf(stages.map((one) => one[state] ?? 0)).median.toFixed(1);
  return (
    `of a run, staging (fetch, decrypt, unpack, scan, COPY) takes ${median('loading')} s, validating ` +
    `${median('validating')} s, merging ${median('merging')} s. Staging and merging are each one backend's work, one ` +
    'after the other. Next: the key index after loading an empty table, a second COPY stream, binary COPY.'
  );
}

const assignments = ordersDefinition.columns
  .filter(({ name }) => !ordersDefinition.primaryKey.includes(name))
  .map(({ name }) => `${name} = excluded.${name}`)
  .join(', ');
const upsert = `INSERT INTO peer.orders SELECT * FROM peer.staging ON CONFLICT (order_id) DO UPDATE SET ${assignments}`;

async function makePeerTables({ query, table }: BenchHouse): Promise<void> {
  await query('CREATE SCHEMA peer');
  await query(`CREATE TABLE peer.orders AS SELECT ${columns} FROM ${table} WITH NO DATA`);
  await query('ALTER TABLE peer.orders ADD PRIMARY KEY (order_id)');
  await query('CREATE UNLOGGED TABLE peer.staging (LIKE peer.orders)');
}

/** And nothing of the last run left to be written: neither pays for the other. */
async function empty({ query }: BenchHouse, table: string): Promise<void> {
  await query(`TRUNCATE ${table}`);
  await query('CHECKPOINT');
}

async function takenIn({ query }: BenchHouse, key: string, rows: number): Promise<void> {
  const arrival = await until(
    async () =>
      (
        await query<{ state: string; rows_inserted: string; cause_code: string }>(
          "SELECT state, rows_inserted, cause_code FROM arrival WHERE key = $1 AND state NOT IN ('queued', 'running')",
          [key],
        )
      )[0],
    `${key} to be taken in`,
    300,
  );
  if (arrival.state !== 'taken_in' || Number(arrival.rows_inserted) !== rows) {
    throw new Error(`not all rows were taken in: ${JSON.stringify(arrival)}`);
  }
}

/** Row by row, in both directions. */
async function expectSameRows({ query, table }: BenchHouse, rows: number): Promise<void> {
  const [found] = await query<{ ours: string; more: string; less: string }>(
    `SELECT (SELECT count(*) FROM ${table}) AS ours,
            (SELECT count(*) FROM (SELECT ${columns} FROM ${table} EXCEPT ALL SELECT ${columns} FROM peer.orders) m) AS more,
            (SELECT count(*) FROM (SELECT ${columns} FROM peer.orders EXCEPT ALL SELECT ${columns} FROM ${table}) l) AS less`,
  );
  if (Number(found?.ours) !== rows || found?.more !== '0' || found.less !== '0') {
    throw new Error(`the two tables differ: ${JSON.stringify(found)}`);
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

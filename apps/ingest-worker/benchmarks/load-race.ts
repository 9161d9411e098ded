import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Contestant, secondsOf, spreadOf } from '@hikyaku/bench';
import { until } from '../test/until.ts';
import type { BenchHouse } from './bench-house.ts';
import { ordersDefinition } from './rows-file.ts';
import { runShellPipeline } from './shell-pipeline.ts';

const names = ordersDefinition.columns.map(({ name }) => name);
const columns = names.join(', ');
const assignments = names
  .filter((name) => !ordersDefinition.primaryKey.includes(name))
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');
const upsert = `INSERT INTO peer.orders SELECT * FROM peer.staging ON CONFLICT (order_id) DO UPDATE SET ${assignments}`;

export type Stages = Record<string, number>;

export interface LoadRace {
  ours: Contestant;
  peer: Contestant;
  /** Rejects where the two tables differ in a row. */
  compare(): Promise<void>;
  /** Seconds of each stage of our runs so far, by the runs' own timelines, which begin when they are claimed. */
  stages: Stages[];
}

/**
 * A file taken into a table by the worker as it runs, event, claim and ledger included, and the same by the shell pipeline.
 *
 * @param file.name tells its keys from those of other races
 * @param before what both tables hold each time; nothing if absent
 */
export async function loadRace(
  house: BenchHouse,
  file: { path: string; rows: number; name: string },
  before?: { table: string },
): Promise<LoadRace> {
  const sha256 = await sha256Of(file.path);
  let round = 0;
  let key = '';
  const stages: Stages[] = [];
  return {
    stages,
    ours: {
      async reset() {
        await house.query(`TRUNCATE ${house.table}`);
        if (before) {
          await house.query(
            `INSERT INTO ${house.table} (${columns}, _source_position, _arrival_id, _line_number)
             SELECT ${columns}, 0, '00000000-0000-0000-0000-000000000000', order_id + 1 FROM ${before.table}`,
          );
        }
        await settle(house, house.table);
      },
      async run() {
        round += 1;
        key = await house.put(`${file.name}-${round}.csv.gz.age`, file.path);
        const seconds = await secondsOf(() => takenIn(house, key, file.rows));
        stages.push(await secondsByStage(house, key));
        return seconds;
      },
    },
    peer: {
      async reset() {
        await house.query('TRUNCATE peer.orders');
        if (before) await house.query(`INSERT INTO peer.orders SELECT ${columns} FROM ${before.table}`);
        await settle(house, 'peer.orders');
      },
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
    },
    compare: () => expectSameRows(house, file.rows),
  };
}

/** The shell pipeline's tables. */
export async function makePeerTables({ query, table }: BenchHouse): Promise<void> {
  await query('CREATE SCHEMA peer');
  await query(`CREATE TABLE peer.orders AS SELECT ${columns} FROM ${table} WITH NO DATA`);
  await query('ALTER TABLE peer.orders ADD PRIMARY KEY (order_id)');
  await query('CREATE UNLOGGED TABLE peer.staging (LIKE peer.orders)');
}

/** In the middle of the runs, in words. */
export function stagesInWords(stages: readonly Stages[]): string {
  const median = (state: string) => spreadOf(stages.map((one) => one[state] ?? 0)).median.toFixed(1);
  return (
    `staging (fetch, decrypt, unpack, scan, COPY) takes ${median('loading')} s, validating ${median('validating')} s, ` +
    `merging ${median('merging')} s`
  );
}

/** Nothing of the last run is left to be written, and the planner knows the table: neither pays for the other. */
async function settle({ query }: BenchHouse, table: string): Promise<void> {
  await query(`VACUUM ANALYZE ${table}`);
  await query('CHECKPOINT');
}

async function secondsByStage({ query }: BenchHouse, key: string): Promise<Stages> {
  const rows = await query<{ state: string; seconds: number }>(
    `SELECT t.state, extract(epoch FROM lead(t.at) OVER (ORDER BY t.id) - t.at)::float AS seconds
       FROM timeline_entry t JOIN arrival a ON a.id = t.arrival_id
      WHERE a.key = $1 AND t.subject = 'run' ORDER BY t.id`,
    [key],
  );
  return Object.fromEntries(rows.map(({ state, seconds }) => [state, seconds ?? 0]));
}

/** Resolves when the file is in the table whole. */
export async function takenIn({ query }: BenchHouse, key: string, rows: number, seconds = 300): Promise<void> {
  const arrival = await until(
    async () =>
      (
        await query<{ state: string; rows_read: string; rows_rejected: string; cause_code: string }>(
          `SELECT state, rows_read, rows_rejected, cause_code FROM arrival
            WHERE key = $1 AND state NOT IN ('queued', 'running')`,
          [key],
        )
      )[0],
    `${key} to be taken in`,
    seconds,
  );
  if (arrival.state !== 'taken_in' || Number(arrival.rows_read) !== rows || arrival.rows_rejected !== '0') {
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

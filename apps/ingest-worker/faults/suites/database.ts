import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { Client } from 'pg';
import type { RunPoint } from '../../src/run-points.ts';
import type { FaultCase } from '../fault-case.ts';
import type { FaultHouse } from '../fault-house.ts';
import { sendAndMeet } from './kills.ts';

type Strike = (house: FaultHouse, key: string) => Promise<void>;

/** What happens to the database, and where a run is when it does. */
const strikes: { name: string; points: readonly [RunPoint, ...RunPoint[]]; strike: Strike }[] = [
  {
    name: 'PostgreSQL killed',
    points: ['recorded', 'copy-half', 'verified', 'before-merge', 'before-commit', 'after-commit'],
    strike: (house) => restart(house, 'SIGKILL'),
  },
  {
    name: 'PostgreSQL stopped at once',
    points: ['received', 'copy-half', 'verified', 'before-merge', 'before-commit', 'after-commit'],
    strike: (house) => restart(house, 'SIGQUIT'),
  },
  {
    // All backends end and PostgreSQL recovers: what is not logged, as staging tables are, is empty afterwards.
    name: "kill -9 of the run's backend",
    points: ['copy-half', 'verified', 'before-merge', 'before-commit'],
    strike: async (house) => {
      const backend = await newestBackend(house);
      if (backend) process.kill(backend.pid, 'SIGKILL');
    },
  },
  {
    // Somebody else's crash: the run's own connection is told, and its committed staging table is emptied.
    name: 'kill -9 of a bystander between staging and merge',
    points: ['verified', 'before-merge'],
    strike: async (house) => {
      const bystander = new Client(house.database.superuser);
      bystander.on('error', () => undefined);
      await bystander.connect();
      const { rows } = await bystander.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
      await bystander.end().catch(() => undefined);
    },
  },
  {
    name: 'the connection cut before COMMIT arrives',
    points: ['before-commit'],
    strike: (house) => cutAtCommit(house, 'before-next-request'),
  },
  {
    name: "the connection cut before COMMIT's answer arrives",
    points: ['before-commit'],
    strike: (house) => cutAtCommit(house, 'before-next-answer'),
  },
  {
    name: 'all connections cut',
    points: ['claimed', 'copy-half', 'before-merge', 'before-commit'],
    strike: async (house) => {
      for (const connection of house.proxies.postgres.connections()) connection.cut('now');
    },
  },
];

/** R2: the database dies under a run, or its connection does. Needs houses with a PostgreSQL of their own. */
export function databaseCases(seed: number, count: number): FaultCase[] {
  return Array.from({ length: count }, (_, index) => {
    const caseSeed = seed + index;
    // The seed says all of a case, also which one it is.
    const place = caseSeed - 1;
    const { name, points, strike } = strikes[place % strikes.length] ?? strikes[0]!;
    const point = points[Math.floor(place / strikes.length) % points.length] ?? points[0];
    return {
      suite: 'R2',
      name: `${name}, run ${point}`,
      seed: caseSeed,
      play: async (house) => ({
        sent: await sendAndMeet(house, seededRandom(caseSeed), [point], (_worker, _point, key) => strike(house, key)),
      }),
    };
  });
}

async function restart(house: FaultHouse, signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
  const stopped = house.partEnded('postgres');
  house.own.killPart('postgres', signal);
  await stopped;
  await house.own.startPart('postgres');
}

/** The one inside the last transaction of a run, or else the one that works. */
async function newestBackend(house: FaultHouse): Promise<{ pid: number; port: number } | undefined> {
  const { rows } = await house.pool.query<{ pid: number; port: number }>(
    `SELECT pid, client_port AS port FROM pg_stat_activity
      WHERE datname = current_database() AND usename = 'hikyaku_app' AND pid <> pg_backend_pid() AND client_port = ANY ($1)
      ORDER BY (state = 'idle in transaction') DESC, (state = 'active') DESC, xact_start DESC NULLS LAST LIMIT 1`,
    [house.proxies.postgres.connections().map(({ upstreamPort }) => upstreamPort)],
  );
  return rows[0];
}

async function cutAtCommit(house: FaultHouse, when: 'before-next-request' | 'before-next-answer'): Promise<void> {
  const backend = await newestBackend(house);
  const connection = house.proxies.postgres.connections().find(({ upstreamPort }) => upstreamPort === backend?.port);
  if (!connection) throw new Error('there is no connection in a transaction to cut');
  connection.cut(when);
}

import { Queue } from 'bullmq';
import { terminalStates, type Sent } from '../check-dataset.ts';
import { type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { untilOr } from '../until-or.ts';

const calmMilliseconds = 3_000;

/** Peers have no ledger that says when they are done: resolves when nothing has waited and nobody has written for a while. */
export async function untilQuiet(house: FaultHouse, seconds = patienceSeconds): Promise<void> {
  let calmSince = Date.now();
  await untilOr(seconds, async () => {
    const busy = (await transactionsOrRuns(house)) + (await house.arrivalsWaiting()) + (await jobsWaiting(house));
    if (busy > 0) calmSince = Date.now();
    return Date.now() - calmSince > calmMilliseconds;
  });
}

async function transactionsOrRuns({ pool }: FaultHouse): Promise<number> {
  const { rows } = await pool.query<{ busy: string }>(
    `SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND state IN ('active', 'idle in transaction'))
          + (SELECT count(*) FROM arrival WHERE NOT state = ANY ($1::arrival_state[])) AS busy`,
    [terminalStates],
  );
  return Number(rows[0]?.busy);
}

async function jobsWaiting({ peer, own }: FaultHouse): Promise<number> {
  if (!peer || !own.redis) return 0;
  const queue = new Queue('load', { connection: { url: own.redis.url } });
  try {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    await queue.close();
  }
}

/** Rows of one file that readers see now. */
export async function countRows(
  { pool }: FaultHouse,
  { schema, table }: Sent['table'],
  label: string,
): Promise<number> {
  const statement = `SELECT count(*) FROM "${schema}"."${table}" WHERE name LIKE $1`;
  return Number((await pool.query<{ count: string }>(statement, [`${label} %`])).rows[0]?.count);
}

/** Files of which not every row was ever written; of ours, those that the ledger doesn't say are taken in. */
export async function countNotTakenIn({ pool, peer }: FaultHouse, sent: readonly Sent[]): Promise<number> {
  let missing = 0;
  for (const { key, versionId, file, table } of sent) {
    const { rows } = peer
      ? await pool.query<{ isDone: boolean }>(
          `SELECT count(DISTINCT id) >= $3 AS "isDone" FROM fault_written WHERE table_name = $1 AND source = $2`,
          [table.table, `${key}@${versionId}`, file.rows.size],
        )
      : await pool.query<{ isDone: boolean }>(
          `SELECT count(*) = 1 AS "isDone" FROM arrival WHERE key = $1 AND version_id = $2 AND state = 'taken_in'`,
          [key, versionId],
        );
    if (!rows[0]?.isDone) missing += 1;
  }
  return missing;
}

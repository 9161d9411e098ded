import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { RunPoint } from '../../src/run-points.ts';
import { until } from '../../test/until.ts';
import type { WorkerProcess } from '../../test/worker-process.ts';
import type { FaultCase } from '../fault-case.ts';
import { type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { sendAndMeet } from './kills.ts';

const pointsPastTheClaim = [
  'claimed',
  'get-half',
  'decrypt-half',
  'copy-half',
  'verified',
  'before-merge',
  'before-commit',
  'after-commit',
] as const satisfies RunPoint[];

/** R17: a worker stands still past its claim, another takes over, the first goes on: one commit. */
export function freezeCases(seed: number, count: number): FaultCase[] {
  return Array.from({ length: count }, (_, index) => {
    const caseSeed = seed + index;
    // The seed says all of a case, also which one it is.
    const place = caseSeed - 1;
    const point = pointsPastTheClaim[place % pointsPastTheClaim.length] ?? 'claimed';
    return {
      suite: 'R17',
      name: `frozen at ${point}`,
      seed: caseSeed,
      async play(house) {
        const violations: string[] = [];
        let woken: { worker: WorkerProcess; arrivalId: string } | undefined;
        const sent = await sendAndMeet(house, seededRandom(caseSeed), [point], async (worker, _point, key) => {
          worker.signal('SIGSTOP');
          const before = await runsOf(house, key);
          await until(
            async () => (await runsOf(house, key)).isSettled || undefined,
            'another to take over',
            patienceSeconds,
          );
          const after = await runsOf(house, key);
          if (point !== 'after-commit' && after.count <= before.count) violations.push('nobody took over');
          woken = { worker, arrivalId: after.arrivalId };
          worker.signal('SIGCONT');
        });
        await until(
          () => (woken && hasEnded(woken.worker, woken.arrivalId)) || undefined,
          'the frozen one',
          patienceSeconds,
        );
        return { sent, violations };
      },
    };
  });
}

async function runsOf(house: FaultHouse, key: string) {
  const { rows } = await house.pool.query<{ id: string; state: string; runs: string }>(
    `SELECT a.id, a.state, (SELECT count(*) FROM ingest_run r WHERE r.arrival_id = a.id) AS runs FROM arrival a WHERE a.key = $1`,
    [key],
  );
  const [row] = rows;
  return {
    arrivalId: row?.id ?? '',
    count: Number(row?.runs ?? 0),
    isSettled: ['taken_in', 'refused', 'failed'].includes(row?.state ?? ''),
  };
}

/** It has said itself how its run ended. */
function hasEnded(worker: WorkerProcess, arrivalId: string): boolean {
  const lines = worker
    .log()
    .split('\n')
    .filter((line) => line.includes(arrivalId));
  return lines.some((line) => /"msg":"(claim lost|run ended without|taken in|refused)/.test(line));
}

import { type BenchRow, secondsOf, spreadOf } from '@hikyaku/bench';
import type { BenchHouse } from './bench-house.ts';

const goalShare = 0.005;
const eventsAtATime = 100;

/** P3: what an event costs that says what the ledger knows already, as a share of the load it could have been. */
export async function benchDuplicateEvent(
  house: BenchHouse,
  load: { medianSeconds: number },
  options: { rounds: number },
): Promise<BenchRow> {
  const seconds: number[] = [];
  for (let round = 0; round <= options.rounds; round += 1) {
    const runs = await house.query('SELECT FROM ingest_run');
    const took = await secondsOf(() => house.repeatEvents(eventsAtATime));
    const after = await house.query('SELECT FROM ingest_run');
    // Only a run gets an object.
    if (after.length !== runs.length) throw new Error('a duplicate event began a run');
    if (round > 0) seconds.push(took / eventsAtATime);
  }
  const ours = spreadOf(seconds);
  const limit = goalShare * load.medianSeconds;
  return {
    goalId: 'P3',
    what: `a duplicate event, of ${eventsAtATime} at once; no run, hence no GET`,
    peer: `${goalShare * 100} % of the first load`,
    ours,
    unit: 's',
    ratio: spreadOf(seconds.map((one) => limit / one)),
    goal: `≤ ${goalShare * 100} % of a load`,
    isMet: ours.median <= limit,
  };
}

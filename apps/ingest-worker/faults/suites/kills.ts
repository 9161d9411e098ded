import { type SeededRandom, seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { type RunPoint, runPoints } from '../../src/run-points.ts';
import type { WorkerProcess } from '../../test/worker-process.ts';
import { until } from '../../test/until.ts';
import type { Sent } from '../check-dataset.ts';
import type { FaultCase } from '../fault-case.ts';
import { type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { sampleFile, type SampleFile, type Wrapping, wrappings } from '../sample-file.ts';

/** Enough for COPY to be under way when half of it is read: its buffers hold 1 MiB. */
const victimRows = 40_000;

/** R1: `kill -9` of the worker at each point; sometimes of the next one too, at any point. Another worker goes on. */
export function killCases(seed: number, count: number): FaultCase[] {
  return Array.from({ length: count }, (_, index) => {
    const caseSeed = seed + index;
    // The seed says all of a case, also which one it is.
    const place = caseSeed - 1;
    const point = runPoints[place % runPoints.length] ?? 'received';
    const isTwice = Math.floor(place / runPoints.length) % 3 === 2;
    return {
      suite: 'R1',
      name: `killed at ${point}${isTwice ? ', twice' : ''}`,
      seed: caseSeed,
      async play(house) {
        const random = seededRandom(caseSeed);
        const points: RunPoint[] = isTwice ? [point, random.pick(runPoints)] : [point];
        return {
          sent: await sendAndMeet(house, random, points, async (worker) => {
            worker.signal('SIGKILL');
            await worker.exited;
          }),
        };
      },
    };
  });
}

/**
 * Sends a handful of files that touch the same rows to a new dataset, and does something to whichever worker brings one of
 * them, the victim, to the points, one point after the other. Resolves when all of it has been done.
 */
export async function sendAndMeet(
  house: FaultHouse,
  random: SeededRandom,
  points: readonly RunPoint[],
  meet: (worker: WorkerProcess, point: RunPoint, victimKey: string) => Promise<void>,
): Promise<Sent[]> {
  const dataset = await house.newDataset();
  const files = await someFiles(random, house.publicKey, points);
  const victim = files[0];
  const victimKey = house.keyOf(dataset, victim.name);
  const left = [...points];
  let underWay = 0;
  house.onReached((worker, point, key) => {
    if (key !== victimKey || point !== left[0] || underWay > 0) return undefined;
    left.shift();
    underWay += 1;
    return meet(worker, point, victimKey).finally(() => {
      underWay -= 1;
      house.keepWorkers().catch(() => undefined);
    });
  });
  const sent = await Promise.all(random.shuffled(files).map((file) => house.send(dataset, file)));
  // A point that only comes before the one it was met at does not come again.
  await until(
    async () =>
      (left.length < points.length && underWay === 0 && (left.length === 0 || (await isSettled(house, victimKey)))) ||
      undefined,
    `a worker at ${left[0]}`,
    patienceSeconds,
  );
  return sent;
}

async function isSettled(house: FaultHouse, key: string): Promise<boolean> {
  const found = await house.pool
    .query(`SELECT FROM arrival WHERE key = $1 AND state IN ('taken_in', 'refused', 'failed')`, [key])
    // The case may be about a database that is away.
    .catch(() => undefined);
  return Boolean(found?.rowCount);
}

/** The first one is large, and of a form that has the points; the others are small. */
async function someFiles(
  random: SeededRandom,
  publicKey: string,
  points: readonly RunPoint[],
): Promise<[SampleFile, ...SampleFile[]]> {
  const wrapping: Wrapping = points.includes('decrypt-half')
    ? random.pick(['age', 'gzip+age'])
    : random.pick(wrappings);
  const keys = victimRows + 500;
  const victim = await sampleFile(random, {
    label: 'victim',
    rows: victimRows,
    keys,
    wrapping,
    withRejects: random.fraction() < 0.3,
    publicKey,
  });
  const others: SampleFile[] = [];
  for (let index = 0; index < random.integer(2, 4); index += 1) {
    const rows = random.integer(20, 2_000);
    const form = { wrapping: random.pick(wrappings), withRejects: random.fraction() < 0.5, publicKey };
    others.push(await sampleFile(random, { label: `other-${index}`, rows, keys, ...form }));
  }
  return [victim, ...others];
}

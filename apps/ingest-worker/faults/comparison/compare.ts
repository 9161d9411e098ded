import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AttachedCloud } from '@hikyaku/local-cloud';
import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { RunPoint } from '../../src/run-points.ts';
import { until } from '../../test/until.ts';
import { type DatasetReport, compareRows, countWritten, type Sent } from '../check-dataset.ts';
import { type FaultHouse, openFaultHouse, patienceSeconds } from '../fault-house.ts';
import { markdownTable } from '../fault-table.ts';
import { sampleFile } from '../sample-file.ts';
import { countNotTakenIn, countRows, untilQuiet } from './watch-peers.ts';

/** Who takes the files in, where it can be struck, and how one knows that it will do no more. */
interface Contestant {
  name: string;
  /** Absent for our worker. */
  main?: string;
  points: readonly [RunPoint, ...RunPoint[]];
  strikes: readonly Strike[];
}

/** The seconds that EventBridge tells order two files: of those put within one, none is the older. */
const untilNextSecond = () => delay(1_050 - (Date.now() % 1_000));

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** `nothing`: what their everyday does without any help. */
const strikes = ['nothing', 'killed', 'frozen', 'connections cut', 'jobs emptied'] as const;
type Strike = (typeof strikes)[number];

const contestants: readonly Contestant[] = [
  {
    name: 'Hikyaku',
    points: ['received', 'recorded', 'claimed', 'verified', 'copy-half', 'before-commit', 'after-commit'],
    strikes,
  },
  {
    name: 'script',
    main: program('naive-script.ts'),
    points: ['received', 'verified', 'copy-half', 'before-commit', 'after-commit'],
    strikes: ['nothing', 'killed', 'frozen', 'connections cut'],
  },
  {
    name: 'BullMQ',
    main: program('plain-bullmq.ts'),
    points: ['received', 'recorded', 'claimed', 'verified', 'copy-half', 'before-commit', 'after-commit'],
    strikes,
  },
];

export interface Compared {
  contestant: string;
  strike: Strike;
  cases: number;
  files: number;
  /** Files of which not one row was ever committed, or not all. */
  filesNotTakenIn: number;
  lost: number;
  doubled: number;
  stale: number;
  /** Cases in which readers saw a part of a file when it was struck. */
  halfSeen: number;
}

/**
 * The same files from the same seeds, struck in the same ways where the contestant has the place: how much is missing, written
 * twice or old in the end. Files are ordered as they were put.
 */
export async function compare(
  cloud: AttachedCloud,
  options: { seed: number; cases: number; note: (text: string) => void },
): Promise<Compared[]> {
  const rows: Compared[] = [];
  for (const contestant of contestants) {
    const house = await openFaultHouse({
      cloud,
      name: `compare-${contestant.name.toLowerCase()}-${Date.now().toString(36)}`,
      jobs: 'redis',
      seed: options.seed,
      ...(contestant.main ? { peer: contestant.main } : {}),
    });
    try {
      rows.push(...(await strikeAll(house, contestant, options)));
    } finally {
      await house.close();
    }
  }
  return rows;
}

async function strikeAll(
  house: FaultHouse,
  contestant: Contestant,
  { seed, cases, note }: { seed: number; cases: number; note: (text: string) => void },
): Promise<Compared[]> {
  const sums = new Map<Strike, Compared>();
  for (let index = 0; index < cases; index += 1) {
    const strike = strikes[index % strikes.length] ?? 'killed';
    if (!contestant.strikes.includes(strike)) continue;
    const point =
      contestant.points[Math.floor(index / strikes.length) % contestant.points.length] ?? contestant.points[0];
    const sum = sums.get(strike) ?? {
      contestant: contestant.name,
      strike,
      cases: 0,
      files: 0,
      filesNotTakenIn: 0,
      lost: 0,
      doubled: 0,
      stale: 0,
      halfSeen: 0,
    };
    sums.set(strike, sum);
    const ended = await strikeOnce(house, contestant, { strike, point, seed: seed + index });
    sum.cases += 1;
    sum.files += ended.sent.length;
    sum.filesNotTakenIn += ended.notTakenIn;
    sum.lost += ended.report.lost;
    sum.doubled += ended.report.doubled;
    sum.stale += ended.report.stale;
    sum.halfSeen += ended.halfSeen ? 1 : 0;
    note(
      `${contestant.name} seed ${seed + index}, ${strike} at ${point}: ${ended.report.lost} lost, ${ended.report.doubled} doubled, ${ended.report.stale} old, ${ended.notTakenIn} not taken in`,
    );
  }
  return [...sums.values()];
}

async function strikeOnce(
  house: FaultHouse,
  contestant: Contestant,
  { strike, point, seed }: { strike: Strike; point: RunPoint; seed: number },
) {
  const random = seededRandom(seed);
  await house.keepWorkers();
  const dataset = await house.newDataset();
  const form = { keys: 4_000, wrapping: 'plain' as const, common: 0, publicKey: house.publicKey };
  // The victim first, then others that touch its rows, then a correction of the victim under the same name.
  const victim = await sampleFile(random, { ...form, label: 'victim', rows: 3_500 });
  const others = await Promise.all(
    Array.from({ length: strike === 'jobs emptied' ? 8 : 3 }, (_, number) =>
      sampleFile(random, { ...form, label: `other-${number}`, rows: random.integer(200, 1_500) }),
    ),
  );
  const corrected = await sampleFile(random, { ...form, label: 'corrected', rows: 300 });
  const correction = { ...corrected, name: victim.name };
  const victimKey = house.keyOf(dataset, victim.name);

  let struck: Promise<void> | undefined;
  let halfSeen = false;
  const sentAll = Promise.withResolvers<void>();
  const emptied = Promise.withResolvers<void>();
  house.onReached((worker, reached, key) => {
    if (strike === 'jobs emptied' && reached === 'claimed' && key !== victimKey) return emptied.promise;
    if (struck || key !== victimKey || reached !== point) return undefined;
    struck = (async () => {
      const seen = await countRows(house, dataset.table, 'victim');
      halfSeen = seen > 0 && seen < victim.rows.size;
      if (strike === 'killed') {
        worker.signal('SIGKILL');
        await worker.exited;
      } else if (strike === 'frozen') {
        // Long enough that its message, its job or its claim goes to another, and the newer files are in.
        worker.signal('SIGSTOP');
        await sentAll.promise;
        await untilQuiet(house, 20);
        worker.signal('SIGCONT');
      } else if (strike === 'jobs emptied') {
        await sentAll.promise;
        await house.emptyJobs();
        emptied.resolve();
      } else if (strike === 'connections cut') {
        for (const connection of house.proxies.postgres.connections()) connection.cut('now');
      }
    })();
    void struck.then(() => house.keepWorkers()).catch(() => undefined);
    return struck;
  });
  const sent: Sent[] = [await house.send(dataset, victim)];
  await until(() => struck !== undefined || undefined, `the victim at ${point}`, patienceSeconds);
  for (const file of [...others, correction]) {
    await untilNextSecond();
    sent.push(await house.send(dataset, file));
  }
  sentAll.resolve();
  await struck;
  house.heal();
  if (contestant.main) await untilQuiet(house);
  else await house.settled(sent);

  const report: DatasetReport = { lost: 0, doubled: 0, stale: 0, unsettled: 0, violations: [], states: {} };
  await compareRows(
    house.pool,
    dataset.table,
    sent.map(({ file }) => file),
    report,
  );
  await countWritten(house.pool, dataset.table, report);
  const notTakenIn = await countNotTakenIn(house, sent);
  return { sent, report, halfSeen, notTakenIn };
}

export function comparisonTable(rows: readonly Compared[]): string {
  const head = [
    '',
    'struck by',
    'cases',
    'files',
    'files never taken in',
    'rows missing',
    'older over newer',
    'rows written again',
    'half a file seen',
  ];
  return markdownTable(
    head,
    rows.map((row) => [
      row.contestant,
      row.strike,
      row.cases,
      row.files,
      row.filesNotTakenIn,
      row.lost,
      row.stale,
      row.doubled,
      row.halfSeen,
    ]),
  );
}

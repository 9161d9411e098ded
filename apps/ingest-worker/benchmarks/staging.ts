import { type BenchRow, pairRow, runPairs, secondsOf } from '@hikyaku/bench';
import type { BenchHouse } from './bench-house.ts';
import { type LoadRace, stagesInWords } from './load-race.ts';
import { runPsqlCopy } from './shell-pipeline.ts';

/** Of psql's time; the goal says 0.8. */
const goalRatio = 1 / 0.8;

/** P4: fetch, decrypt, unpack and COPY, by the run's own timeline, against `psql \copy` of the plain file. */
export async function benchStaging(
  house: BenchHouse,
  race: LoadRace,
  file: { plainPath: string; rows: number },
  options: { rounds: number; note: (text: string) => void },
): Promise<BenchRow> {
  const result = await runPairs({
    ours: {
      reset: () => race.ours.reset(),
      async run() {
        await race.ours.run();
        return race.stages.at(-1)?.['loading'] ?? Number.NaN;
      },
    },
    peer: {
      reset: async () => void (await house.query('TRUNCATE peer.staging')),
      run: () => secondsOf(() => runPsqlCopy({ DATABASE: house.databaseUrl, FILE: file.plainPath })),
    },
    async compare() {
      const [counts] = await house.query<{ ours: number; theirs: number }>(
        `SELECT (SELECT count(*)::int FROM ${house.table}) AS ours, (SELECT count(*)::int FROM peer.staging) AS theirs`,
      );
      if (counts?.ours !== file.rows || counts.theirs !== file.rows) throw new Error(JSON.stringify(counts));
    },
    rounds: options.rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      options.note(`staging, round ${number}: ${oursSeconds.toFixed(2)} s, psql ${peerSeconds.toFixed(2)} s`),
  });
  return pairRow({
    goalId: 'P4',
    what: 'fetch, decrypt, unpack and COPY of the same file',
    peer: 'psql \\copy of the plain CSV',
    result,
    goalRatio,
    goal: '≤ 0.8 of its time: ≥ 1.25×',
    limitedBy: `${stagesInWords(race.stages)}; two COPY backends and this process share the cores.`,
  });
}

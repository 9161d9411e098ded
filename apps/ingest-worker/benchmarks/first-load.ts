import { type BenchRow, pairRow, runPairs } from '@hikyaku/bench';
import type { BenchHouse } from './bench-house.ts';
import { loadRace, stagesInWords } from './load-race.ts';
import { benchStaging } from './staging.ts';

const goalRatio = 1.8;

/** P1: from S3 to the merged table, which was empty. And P4, by the same runs. */
export async function benchFirstLoad(
  house: BenchHouse,
  file: { path: string; plainPath: string; rows: number },
  options: { rounds: number; note: (text: string) => void },
): Promise<BenchRow[]> {
  const race = await loadRace(house, { ...file, name: 'first' });
  const result = await runPairs({
    ...race,
    rounds: options.rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      options.note(`first load, round ${number}: ${oursSeconds.toFixed(2)} s, shell ${peerSeconds.toFixed(2)} s`),
  });
  const first = pairRow({
    goalId: 'P1',
    what: `first load of ${file.rows.toLocaleString('en')} rows × 10 (\`.csv.gz.age\`), from S3 to the merged table`,
    peer: 'shell pipeline',
    result,
    goalRatio,
    limitedBy: `${stagesInWords(race.stages)}.`,
  });
  return [first, await benchStaging(house, race, file, options)];
}

import { type BenchRow, pairRow, runPairs } from '@hikyaku/bench';
import type { BenchHouse } from './bench-house.ts';
import { loadRace, stagesInWords } from './load-race.ts';

const goalRatio = 4;

/** P2: into a table that has the rows already, 90 % of them unchanged. */
export async function benchChangedLoad(
  house: BenchHouse,
  file: { path: string; rows: number },
  options: { rounds: number; note: (text: string) => void },
): Promise<BenchRow> {
  await house.query(`CREATE TABLE peer.before AS SELECT * FROM peer.orders`);
  const race = await loadRace(house, { ...file, name: 'changed' }, { table: 'peer.before' });
  const result = await runPairs({
    ...race,
    rounds: options.rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      options.note(`changed load, round ${number}: ${oursSeconds.toFixed(2)} s, shell ${peerSeconds.toFixed(2)} s`),
  });
  return pairRow({
    goalId: 'P2',
    what: 'the same again, 90 % of the rows unchanged',
    peer: 'shell pipeline',
    result,
    goalRatio,
    limitedBy: `${stagesInWords(race.stages)}.`,
  });
}

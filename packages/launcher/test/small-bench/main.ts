import { type BenchRow, spreadOf } from '@hikyaku/bench';

// Tells of P1 and P2, and ends as it is told to.
const [exitCode] = process.argv.slice(2);
for (const goalId of ['P1', 'P2']) {
  const row: BenchRow = {
    goalId,
    what: 'load',
    peer: 'none',
    ours: spreadOf([1]),
    unit: 's',
    goal: '≤ 2 s',
    isMet: true,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
process.exitCode = Number(exitCode);

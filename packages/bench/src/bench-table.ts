import type { BenchLine } from './bench-row.ts';
import type { Spread } from './spread.ts';

/** The rows as a table of Markdown, and below it what limits the goals that are missed, and why others were not measured. */
export function benchTable(rows: readonly BenchLine[]): string {
  const head = '| goal | what | ours | peer | ratio | wanted | |\n| --- | --- | --- | --- | --- | --- | --- |';
  const lines = rows.map((row) => ['', ...cellsOf(row), ''].join(' | ').trim());
  const remarks = rows.flatMap((row) => {
    const remark = 'notMeasured' in row ? `not measured: ${row.notMeasured}` : row.limitedBy;
    return remark ? [`- **${row.goalId}**: ${remark}`] : [];
  });
  return [head, ...lines, ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
}

function cellsOf(row: BenchLine): string[] {
  if ('notMeasured' in row) return [row.goalId, '–', '–', '–', '–', '–', 'not measured'];
  return [
    row.goalId,
    row.what,
    figure(row.ours, row.unit),
    row.theirs ? `${row.peer}: ${figure(row.theirs, row.unit)}` : row.peer,
    row.ratio ? times(row.ratio) : '–',
    row.goal,
    row.isMet ? 'met' : 'missed',
  ];
}

const figure = (spread: Spread, unit: string) =>
  `${`${short(spread.median)} ${unit}`.trim()} (${range(spread)}, n = ${spread.count})`;

const times = (spread: Spread) => `${spread.median.toFixed(2)}× (${spread.least.toFixed(2)}–${spread.most.toFixed(2)})`;

const range = ({ least, most }: Spread) => `${short(least)}–${short(most)}`;

/** Three digits say all that a noisy machine knows. */
const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

import type { BenchRow } from './bench-row.ts';
import type { Spread } from './spread.ts';

/** The rows as a table of Markdown, and below it what limits the goals that are missed. */
export function benchTable(rows: readonly BenchRow[]): string {
  const head = '| goal | what | ours | peer | ratio | wanted | |\n| --- | --- | --- | --- | --- | --- | --- |';
  const lines = rows.map((row) =>
    [
      '',
      row.goalId,
      row.what,
      figure(row.ours, row.unit),
      row.theirs ? `${row.peer}: ${figure(row.theirs, row.unit)}` : row.peer,
      row.ratio ? times(row.ratio) : '–',
      row.goal,
      row.isMet ? 'met' : 'missed',
      '',
    ]
      .join(' | ')
      .trim(),
  );
  const limits = rows.flatMap((row) => (row.limitedBy ? [`- **${row.goalId}**: ${row.limitedBy}`] : []));
  return [head, ...lines, ...(limits.length > 0 ? ['', ...limits] : [])].join('\n');
}

const figure = (spread: Spread, unit: string) =>
  `${`${short(spread.median)} ${unit}`.trim()} (${range(spread)}, n = ${spread.count})`;

const times = (spread: Spread) => `${spread.median.toFixed(2)}× (${spread.least.toFixed(2)}–${spread.most.toFixed(2)})`;

const range = ({ least, most }: Spread) => `${short(least)}–${short(most)}`;

/** Three digits say all that a noisy machine knows. */
const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

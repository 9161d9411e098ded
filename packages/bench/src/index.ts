export { type BenchLine, benchLine, type BenchRow } from './bench-row.ts';
export { benchTable } from './bench-table.ts';
export { measureIn } from './measure-in.ts';
export { notMeasured } from './not-measured.ts';
export { pairRow } from './pair-row.ts';
export { type Contestant, runPairs, type PairsResult } from './run-pairs.ts';
export { secondsOf } from './seconds-of.ts';
export { type Spread, spreadOf } from './spread.ts';

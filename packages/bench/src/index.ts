export { type BenchRow, benchRow } from './bench-row.ts';
export { benchTable } from './bench-table.ts';
export { pairRow } from './pair-row.ts';
export { type Contestant, runPairs, type PairsResult } from './run-pairs.ts';
export { secondsOf } from './seconds-of.ts';
export { type Spread, spreadOf } from './spread.ts';

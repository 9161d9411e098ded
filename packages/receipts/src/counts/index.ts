export { rowCountsOf } from './row-counts-of.ts';

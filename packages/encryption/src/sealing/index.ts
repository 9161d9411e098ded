export { beginSealing } from './begin-sealing.ts';
export { type ReadPlain, sealRange } from './seal-range.ts';
export type { Sealing } from './sealing.ts';

export { type Preflight, startPreflight } from './start-preflight.ts';

import { describeInterruptions } from './interruption-cases.ts';

// Those that only a browser shows; all kinds, and many of each, by `many-interruptions.spec.ts`.
describeInterruptions(3);

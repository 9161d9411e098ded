import { describeInterruptions } from './interruption-cases.ts';

// Not part of the plain `npm test`: npm test -- big-files.
describeInterruptions(60);

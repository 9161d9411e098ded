import { describeInterruptions } from './interruption-cases.ts';

// Each kind once.
describeInterruptions(6);

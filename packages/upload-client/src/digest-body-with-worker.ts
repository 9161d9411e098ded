import type { DigestBody } from './digest-body.ts';
import { createThreadCaller } from './create-thread-caller.ts';

/** For browsers: a thread of its own computes. */
export const digestBodyWithWorker: DigestBody = createThreadCaller(
  () => new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' }),
);

import { HikyakuError } from '@hikyaku/types';
import { createThreadCaller } from './create-thread-caller.ts';
import type { SealAnswer, SealQuestion } from './seal-worker.ts';
import type { Sealer } from './sealer.ts';

const ask = createThreadCaller<SealQuestion, SealAnswer>(
  () => new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' }),
);

/**
 * For browsers: a thread of its own seals and digests. Its bytes are handed over, not referred to: a Blob weighs nothing to whoever collects
 * garbage, in the thread as in the page, and the browser would keep every part until the file was sent.
 */
export const sealWithWorker: Sealer = {
  async begin(recipients, plainBytes) {
    const answer = await ask({ recipients, plainBytes });
    if ('sealing' in answer) return answer.sealing;
    throw new HikyakuError('internal');
  },
  async seal(sealing, plain, range) {
    const answer = await ask({ sealing, plain, range });
    if ('bytes' in answer) return { body: new Blob([answer.bytes]), digest: answer.digest };
    throw new HikyakuError('internal');
  },
};

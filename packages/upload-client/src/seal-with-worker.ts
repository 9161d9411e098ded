import { HikyakuError } from '@hikyaku/types';
import { createThreadCaller } from './create-thread-caller.ts';
import type { SealAnswer, SealQuestion } from './seal-worker.ts';
import type { Sealer } from './sealer.ts';

const ask = createThreadCaller<SealQuestion, SealAnswer>(
  () => new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' }),
);

/** For browsers: a thread of its own seals and digests, so that the page sees references to bytes and never the bytes. */
export const sealWithWorker: Sealer = {
  async begin(recipients, plainBytes) {
    const answer = await ask({ recipients, plainBytes });
    if ('sealing' in answer) return answer.sealing;
    throw new HikyakuError('internal');
  },
  async seal(sealing, plain, range) {
    const answer = await ask({ sealing, plain, range });
    if ('body' in answer) return answer;
    throw new HikyakuError('internal');
  },
};

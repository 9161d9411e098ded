import { type BodyDigest, HikyakuError } from '@hikyaku/types';
import type { DigestAnswer, DigestRequest } from './digest-worker.ts';

interface DigestThread {
  worker: Worker;
  waiting: Map<number, PromiseWithResolvers<BodyDigest>>;
}

let thread: DigestThread | undefined;
let asked = 0;

/** For browsers: a thread of its own computes, started with the first body, so that the page stays quick. */
export function digestBodyWithWorker(body: Blob): Promise<BodyDigest> {
  thread ??= startThread();
  const id = ++asked;
  const answer = Promise.withResolvers<BodyDigest>();
  thread.waiting.set(id, answer);
  // A slice of a file goes over as a reference; its bytes are read by the thread.
  thread.worker.postMessage({ id, body } satisfies DigestRequest, []);
  return answer.promise;
}

function startThread(): DigestThread {
  const worker = new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' });
  const waiting: DigestThread['waiting'] = new Map();
  worker.addEventListener('message', ({ data: { id, digest, failure } }: MessageEvent<DigestAnswer>) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (digest) answer?.resolve(digest);
    else answer?.reject(new Error(failure));
  });
  worker.addEventListener('error', () => {
    // Its script did not come: the next try starts another.
    thread = undefined;
    for (const answer of waiting.values()) answer.reject(new HikyakuError('network', { retriable: true }));
  });
  return { worker, waiting };
}

import { Worker } from 'node:worker_threads';
import type { PreflightAnswer } from '../src/browser/preflight-question.ts';
import type { PreflightThread } from '../src/browser/start-preflight.ts';

const entry = new URL('./node-thread-entry.ts', import.meta.url);

/** A thread of Node's that runs what a browser's Web Worker runs; one whose script is not there dies. */
export function startNodeThread(script = entry): PreflightThread {
  const worker = new Worker(script);
  return {
    postMessage: (question) => worker.postMessage(question, []),
    addEventListener: (type: string, listener: (event: { data: PreflightAnswer }) => void) => {
      worker.on(type, (data: PreflightAnswer) => listener({ data }));
    },
    terminate: () => void worker.terminate(),
  };
}

import { HikyakuError } from '@hikyaku/types';
import type { ThreadAnswer, ThreadFailure, ThreadQuestion } from './thread-call.ts';

/** A Web Worker that runs `answerThreadCalls`. */
interface AnsweringWorker<Question, Result> {
  postMessage(message: ThreadQuestion<Question>, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ThreadAnswer<Result>>) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
}

interface Thread<Question, Result> {
  worker: AnsweringWorker<Question, Result>;
  waiting: Map<number, PromiseWithResolvers<Result>>;
}

/**
 * Asks a thread of its own, started with the first question so that the page stays quick. Where its script does not come, all who wait
 * are told a `network` error that may pass, and the next question starts another.
 */
export function createThreadCaller<Question, Result>(
  start: () => AnsweringWorker<Question, Result>,
): (question: Question) => Promise<Result> {
  let thread: Thread<Question, Result> | undefined;
  let asked = 0;
  const startThread = (): Thread<Question, Result> => {
    const worker = start();
    const waiting: Thread<Question, Result>['waiting'] = new Map();
    worker.addEventListener('message', ({ data }) => {
      const answer = waiting.get(data.id);
      waiting.delete(data.id);
      if ('result' in data) answer?.resolve(data.result);
      else answer?.reject(errorOf(data.failure));
    });
    worker.addEventListener('error', () => {
      thread = undefined;
      for (const answer of waiting.values()) answer.reject(new HikyakuError('network', { retriable: true }));
    });
    return { worker, waiting };
  };
  return (question) => {
    thread ??= startThread();
    const id = ++asked;
    const answer = Promise.withResolvers<Result>();
    thread.waiting.set(id, answer);
    // A slice of a file goes over as a reference; its bytes are read by the thread.
    thread.worker.postMessage({ id, question }, []);
    return answer.promise;
  };
}

function errorOf({ message, code, details = {} }: ThreadFailure): Error {
  return code === undefined ? new Error(message) : new HikyakuError(code, { details });
}

import type { ThreadAnswer, ThreadFailure, ThreadQuestion } from './thread-call.ts';

/** In the Web Worker: answers what `createThreadCaller` asks, which knows the types of both sides. */
export function answerThreadCalls(
  answer: (question: never) => Promise<unknown>,
  failureOf: (error: unknown) => ThreadFailure = (error) => ({ message: String(error) }),
): void {
  addEventListener('message', ({ data: { id, question } }: MessageEvent<ThreadQuestion<never>>) => {
    answer(question).then(
      (result) => postMessage({ id, result } satisfies ThreadAnswer<unknown>),
      (error: unknown) => postMessage({ id, failure: failureOf(error) } satisfies ThreadAnswer<unknown>),
    );
  });
}

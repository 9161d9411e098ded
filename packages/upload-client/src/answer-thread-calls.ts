import type { ThreadAnswer, ThreadFailure, ThreadQuestion } from './thread-call.ts';

export interface ThreadAnswering<Result> {
  failureOf?: (error: unknown) => ThreadFailure;
  /** What of an answer is given away instead of copied. */
  handedOver?: (result: Result) => Transferable[];
}

/** In the Web Worker: answers what `createThreadCaller` asks, which knows the types of both sides. */
export function answerThreadCalls<Result>(
  answer: (question: never) => Promise<Result>,
  { failureOf = (error) => ({ message: String(error) }), handedOver = () => [] }: ThreadAnswering<Result> = {},
): void {
  addEventListener('message', ({ data: { id, question } }: MessageEvent<ThreadQuestion<never>>) => {
    answer(question).then(
      (result) => postMessage({ id, result } satisfies ThreadAnswer<Result>, { transfer: handedOver(result) }),
      (error: unknown) => postMessage({ id, failure: failureOf(error) } satisfies ThreadAnswer<Result>),
    );
  });
}

import type { TextEncoding } from '@hikyaku/datasets/reading';
import { HikyakuError, type ReadingRules } from '@hikyaku/types';
import type { PreflightOptions } from '../preflight-file.ts';
import type { PreflightReport } from '../preflight-report.ts';
import type { PreflightAnswer, PreflightQuestion, Question } from './preflight-question.ts';
import type { Preview } from '../preview.ts';

/** Looks at files in a thread of its own, so that the page stays quick. */
export interface Preflight {
  /** As `preflightFile`. Rejects with the signal's reason, or `network` (retriable) where the thread did not come or has died. */
  check(file: Blob, options: PreflightOptions): Promise<PreflightReport>;
  /** As `previewFile`. Rejects as `check` does. */
  preview(file: Blob, rules: ReadingRules, encoding: TextEncoding): Promise<Preview | null>;
  /** Ends the thread: what was asked, and what still will be, is rejected with an `AbortError`. */
  close(): void;
}

/** What runs `preflight-worker.ts`: a Web Worker, or whatever is one in a test. */
export interface PreflightThread {
  postMessage(question: PreflightQuestion, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { data: PreflightAnswer }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

interface Waiting {
  settle: (answer: PreflightAnswer) => void;
  fail: (reason: unknown) => void;
}

interface OpenThread {
  thread: PreflightThread;
  waiting: Map<number, Waiting>;
  hasAnswered: boolean;
  die: () => void;
}

/**
 * For browsers: the same as `preflightFile` and `previewFile`, off the page's own thread.
 *
 * ```ts
 * const preflight = startPreflight();
 * const report = await preflight.check(file, { fileName: file.name, rules, scope: 'whole', onProgress, signal });
 * ```
 *
 * The thread's script is loaded with the first call; a file goes over as a reference. Where a thread dies, the next call
 * starts another; a file that can't be read ends no thread.
 */
export function startPreflight(startThread: () => PreflightThread = startWorker): Preflight {
  let open: OpenThread | undefined;
  let asked = 0;
  let isClosed = false;

  const openThread = (): OpenThread => {
    const started: OpenThread = {
      thread: startThread(),
      waiting: new Map(),
      hasAnswered: false,
      die() {
        if (open === started) open = undefined;
        end(started, new HikyakuError('network', { retriable: true }));
      },
    };
    started.thread.addEventListener('message', ({ data }) => {
      started.hasAnswered = true;
      started.waiting.get(data.id)?.settle(data);
    });
    started.thread.addEventListener('error', started.die);
    started.thread.addEventListener('messageerror', started.die);
    return started;
  };

  const ask = async <Result>(
    question: Question,
    read: (answer: PreflightAnswer) => Result | undefined,
    signal?: AbortSignal,
  ): Promise<Result> => {
    signal?.throwIfAborted();
    if (isClosed) throw closed();
    const current = (open ??= openThread());
    const { thread, waiting } = current;
    const id = ++asked;
    const answer = Promise.withResolvers<Result>();
    const withdraw = () => {
      thread.postMessage({ kind: 'withdraw', id }, []);
      answer.reject(signal?.reason);
      // Its script may never come: no event tells of a request that hangs.
      if (!current.hasAnswered && isTimeout(signal?.reason)) current.die();
    };
    signal?.addEventListener('abort', withdraw, { once: true });
    waiting.set(id, {
      settle(data) {
        if (data.kind === 'failure') return answer.reject(new Error(data.failure));
        const result = read(data);
        if (result !== undefined) answer.resolve(result);
      },
      fail: answer.reject,
    });
    try {
      thread.postMessage({ ...question, id }, []);
      return await answer.promise;
    } finally {
      waiting.delete(id);
      signal?.removeEventListener('abort', withdraw);
    }
  };

  return {
    check: (file, { onProgress, signal, ...options }) =>
      ask(
        { kind: 'check', file, ...options },
        (data) => {
          if (data.kind === 'progress') onProgress?.(data.progress);
          return data.kind === 'report' ? data.report : undefined;
        },
        signal,
      ),
    preview: (file, rules, encoding) =>
      ask({ kind: 'preview', file, rules, encoding }, (data) => (data.kind === 'preview' ? data.preview : undefined)),
    close() {
      isClosed = true;
      if (open) end(open, closed());
      open = undefined;
    },
  };
}

function startWorker(): PreflightThread {
  return new Worker(new URL('./preflight-worker.ts', import.meta.url), { type: 'module' });
}

/** Nobody who waits for a thread that has ended waits for ever. */
function end({ thread, waiting }: OpenThread, reason: unknown): void {
  thread.terminate();
  for (const { fail } of waiting.values()) fail(reason);
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}

function closed(): DOMException {
  return new DOMException('nobody looks at files here any more', 'AbortError');
}

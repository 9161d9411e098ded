import type { TextEncoding } from '@hikyaku/datasets';
import { HikyakuError, type ReadingRules } from '@hikyaku/types';
import type { PreflightOptions } from '../preflight-file.ts';
import type { PreflightReport } from '../preflight-report.ts';
import type { PreflightAnswer, PreflightQuestion } from './preflight-worker.ts';
import type { Preview } from '../preview.ts';

/** Looks at files in a thread of its own, so that the page stays quick. */
export interface Preflight {
  /** As `preflightFile`. Rejects with the signal's reason, or `network` (retriable) where the thread's script did not come. */
  check(file: Blob, options: PreflightOptions): Promise<PreflightReport>;
  /** As `previewFile`. */
  preview(file: Blob, rules: ReadingRules, encoding: TextEncoding): Promise<Preview | null>;
  /** Ends the thread; what was asked is not answered any more. */
  close(): void;
}

interface Waiting {
  settle: (answer: PreflightAnswer) => void;
  fail: (reason: unknown) => void;
}

/**
 * For browsers: the same as `preflightFile` and `previewFile`, off the page's own thread.
 *
 * ```ts
 * const preflight = startPreflight();
 * const report = await preflight.check(file, { fileName: file.name, rules, scope: 'whole', onProgress, signal });
 * ```
 *
 * The thread's script is loaded with the first call; a file goes over as a reference.
 */
export function startPreflight(): Preflight {
  const worker = new Worker(new URL('./preflight-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<PreflightAnswer>) => waiting.get(data.id)?.settle(data));
  worker.addEventListener('error', () => {
    for (const { fail } of waiting.values()) fail(new HikyakuError('network', { retriable: true }));
    waiting.clear();
  });

  const post = (question: PreflightQuestion) => worker.postMessage(question, []);
  return {
    check(file, { fileName, rules, scope, onProgress, signal }) {
      const id = ++asked;
      const answer = Promise.withResolvers<PreflightReport>();
      const withdraw = () => {
        post({ kind: 'withdraw', id });
        answer.reject(signal?.reason);
      };
      signal?.addEventListener('abort', withdraw, { once: true });
      waiting.set(id, {
        settle(data) {
          if (data.kind === 'progress') onProgress?.(data.progress);
          else if (data.kind === 'report') answer.resolve(data.report);
          else if (data.kind === 'failure') answer.reject(new Error(data.failure));
        },
        fail: answer.reject,
      });
      signal?.throwIfAborted();
      post({ kind: 'check', id, file, fileName, rules, scope });
      return answer.promise.finally(() => {
        waiting.delete(id);
        signal?.removeEventListener('abort', withdraw);
      });
    },
    preview(file, rules, encoding) {
      const id = ++asked;
      const answer = Promise.withResolvers<Preview | null>();
      waiting.set(id, {
        settle(data) {
          if (data.kind === 'preview') answer.resolve(data.preview);
          else if (data.kind === 'failure') answer.reject(new Error(data.failure));
        },
        fail: answer.reject,
      });
      post({ kind: 'preview', id, file, rules, encoding });
      return answer.promise.finally(() => waiting.delete(id));
    },
    close: () => worker.terminate(),
  };
}

import type { TextEncoding } from '@hikyaku/datasets';
import type { ReadingRules } from '@hikyaku/types';
import { preflightFile } from '../preflight-file.ts';
import type { PreflightProgress, PreflightReport } from '../preflight-report.ts';
import type { Preview } from '../preview.ts';
import { previewFile } from '../preview-file.ts';

// Runs in a thread of its own: see `start-preflight.ts`.

export interface CheckQuestion {
  kind: 'check';
  id: number;
  file: Blob;
  fileName: string;
  rules: ReadingRules;
  scope: 'head' | 'whole';
}

export interface PreviewQuestion {
  kind: 'preview';
  id: number;
  file: Blob;
  rules: ReadingRules;
  encoding: TextEncoding;
}

/** Nobody waits for the answer any more. */
interface Withdrawal {
  kind: 'withdraw';
  id: number;
}

export type PreflightQuestion = CheckQuestion | PreviewQuestion | Withdrawal;

export type PreflightAnswer =
  | { kind: 'progress'; id: number; progress: PreflightProgress }
  | { kind: 'report'; id: number; report: PreflightReport }
  | { kind: 'preview'; id: number; preview: Preview | null }
  | { kind: 'failure'; id: number; failure: string };

const underWay = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<PreflightQuestion>) => {
  if (data.kind === 'withdraw') underWay.get(data.id)?.abort();
  else void answer(data);
});

async function answer(question: CheckQuestion | PreviewQuestion): Promise<void> {
  const { id } = question;
  const stop = new AbortController();
  underWay.set(id, stop);
  try {
    postMessage(question.kind === 'check' ? await check(question, stop.signal) : await preview(question));
  } catch (error) {
    postMessage({ kind: 'failure', id, failure: String(error) } satisfies PreflightAnswer);
  } finally {
    underWay.delete(id);
  }
}

async function check({ id, file, ...options }: CheckQuestion, signal: AbortSignal): Promise<PreflightAnswer> {
  const onProgress = (progress: PreflightProgress) =>
    postMessage({ kind: 'progress', id, progress } satisfies PreflightAnswer);
  return { kind: 'report', id, report: await preflightFile(file, { ...options, onProgress, signal }) };
}

async function preview({ id, file, rules, encoding }: PreviewQuestion): Promise<PreflightAnswer> {
  return { kind: 'preview', id, preview: await previewFile(file, rules, encoding) };
}

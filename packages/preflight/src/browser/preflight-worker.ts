import { preflightFile } from '../preflight-file.ts';
import type { PreflightProgress } from '../preflight-report.ts';
import { previewFile } from '../preview-file.ts';
import type { CheckQuestion, PreflightAnswer, PreflightQuestion, PreviewQuestion } from './preflight-question.ts';

// Runs in a thread of its own: see `start-preflight.ts`.

type Asked<Question> = Question & { id: number };

const underWay = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<PreflightQuestion>) => {
  if (data.kind === 'withdraw') underWay.get(data.id)?.abort();
  else void answer(data);
});

async function answer(question: Asked<CheckQuestion | PreviewQuestion>): Promise<void> {
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

async function check(question: Asked<CheckQuestion>, signal: AbortSignal): Promise<PreflightAnswer> {
  const { id, file } = question;
  const onProgress = (progress: PreflightProgress) =>
    postMessage({ kind: 'progress', id, progress } satisfies PreflightAnswer);
  return { kind: 'report', id, report: await preflightFile(file, { ...question, onProgress, signal }) };
}

async function preview({ id, file, rules, encoding }: Asked<PreviewQuestion>): Promise<PreflightAnswer> {
  return { kind: 'preview', id, preview: await previewFile(file, rules, encoding) };
}

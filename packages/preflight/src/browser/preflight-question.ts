import type { TextEncoding } from '@hikyaku/datasets/reading';
import type { ReadingRules } from '@hikyaku/types';
import type { PreflightOptions } from '../preflight-file.ts';
import type { PreflightProgress, PreflightReport } from '../preflight-report.ts';
import type { Preview } from '../preview.ts';

// What goes over between a page and the thread that looks at its files.

/** All that a caller says, but for what can't go over. */
export interface CheckQuestion extends Omit<PreflightOptions, 'onProgress' | 'signal'> {
  kind: 'check';
  file: Blob;
}

export interface PreviewQuestion {
  kind: 'preview';
  file: Blob;
  rules: ReadingRules;
  encoding: TextEncoding;
}

export type Question = CheckQuestion | PreviewQuestion;

/** `withdraw`: nobody waits for the answer any more. */
export type PreflightQuestion = (Question | { kind: 'withdraw' }) & { id: number };

export type PreflightAnswer = { id: number } & (
  | { kind: 'progress'; progress: PreflightProgress }
  | { kind: 'report'; report: PreflightReport }
  | { kind: 'preview'; preview: Preview | null }
  | { kind: 'failure'; failure: string }
);

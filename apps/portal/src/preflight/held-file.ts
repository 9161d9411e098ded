import type { PreflightProgress, PreflightReport } from '@hikyaku/preflight';
import type { ClosedForm, PreflightFinding, ReadingRules } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';

/** A file that is not sent yet; replaced, never changed. */
export interface HeldFile {
  readonly id: string;
  readonly file: File;
  /** As it will be announced, with its folders where it came from one. */
  readonly fileName: string;
  /** What the queue gets once nobody holds it. */
  readonly toQueue: FileToQueue;
  /** `looking`: its first megabytes are being looked at. `asking`: a person has to decide. `checking`: all of it is looked at. */
  readonly state: 'looking' | 'asking' | 'checking';
  /** One of so many that each on its own would fill the page. */
  readonly isOfMany: boolean;
  /** The gravest, from `asking` on: of one of many all that is kept. */
  readonly headline: PreflightFinding | null;
  /** From `asking` on, where the file stands for itself. */
  readonly found: { readonly report: PreflightReport; readonly rules: ReadingRules } | null;
  /** While `checking`. */
  readonly progress: PreflightProgress | null;
  /** What somebody wished to have looked at could not be: all of the file, or one of many. */
  readonly hasFailed: boolean;
}

/** A file that was sent without anybody looking into it: for what it is, or because it could not be read here. */
export interface PassedFile {
  readonly id: string;
  readonly fileName: string;
  readonly why: ClosedForm | 'unseen';
}

export interface PreflightSnapshot {
  readonly held: readonly HeldFile[];
  /** The first few, those that could not be read before those that nobody looks into. */
  readonly passed: readonly PassedFile[];
  /** All of them. */
  readonly passedCount: number;
  /** While many files are looked at. */
  readonly many: { readonly looked: number; readonly total: number } | null;
}

import type { PreflightProgress, PreflightReport } from '@hikyaku/preflight';
import type { ClosedForm, ReadingRules } from '@hikyaku/types';
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
  /** From `asking` on. */
  readonly found: { readonly report: PreflightReport; readonly rules: ReadingRules } | null;
  /** While `checking`. */
  readonly progress: PreflightProgress | null;
}

/** A file that was sent without anybody looking into it. */
export interface PassedFile {
  readonly id: string;
  readonly fileName: string;
  readonly form: ClosedForm;
}

export interface PreflightSnapshot {
  readonly held: readonly HeldFile[];
  readonly passed: readonly PassedFile[];
  /** While many files are looked at. */
  readonly many: { readonly looked: number; readonly total: number } | null;
}

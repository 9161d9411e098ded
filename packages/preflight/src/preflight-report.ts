import type { TextEncoding } from '@hikyaku/datasets';
import type { PreflightFault, PreflightFinding } from '@hikyaku/types';
import type { FaultSort } from './fault-summary.ts';
import type { Preview } from './preview.ts';

/** What was found out about a file before it is sent. */
export interface PreflightReport {
  /** Of the file as it is stored. */
  bytes: { seen: number; total: number };
  /** Whether all of its content was looked at. */
  isWhole: boolean;
  /** What the worker will read it as, what it looks like where that is to be told; null where nobody looked into it. */
  encoding: { readAs: TextEncoding; looksLike: TextEncoding | null } | null;
  /** The first rows as the worker will read them; null where nobody looked into it. */
  preview: Preview | null;
  /** Of the rows looked at, the header not among them. `undecided` ones only the database can judge. */
  rows: { read: number; refused: number; repeated: number; undecided: number };
  /** The first faults, up to 100, in the order of the file. */
  faults: readonly PreflightFault[];
  faultSorts: readonly FaultSort[];
  /** The gravest first. */
  findings: readonly PreflightFinding[];
}

/** Where a check of a whole file stands. */
export interface PreflightProgress {
  bytesSeen: number;
  bytesTotal: number;
  rowsRead: number;
  rowsRefused: number;
}

/** Whether nothing was found that somebody should decide about. */
export function isClean({ findings }: Pick<PreflightReport, 'findings'>): boolean {
  return findings.every(({ level }) => level === 'note');
}

import type { TextEncoding } from '@hikyaku/datasets/reading';
import type { PreflightFault, PreflightFinding } from '@hikyaku/types';
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
  /** The first faults, up to `mostFaults`, in the order of the file. */
  faults: readonly PreflightFault[];
  /** All of them. */
  faultCount: number;
  /** The gravest first. */
  findings: readonly PreflightFinding[];
  /** Nothing was found that somebody should decide about. */
  isClean: boolean;
}

const gravity = { refused: 0, advice: 1, note: 2 } as const satisfies Record<PreflightFinding['level'], number>;

/** Findings in the order in which they are told, and whether they let a file go on. */
export function judged(findings: readonly PreflightFinding[]): Pick<PreflightReport, 'findings' | 'isClean'> {
  return {
    findings: findings.toSorted((a, b) => gravity[a.level] - gravity[b.level]),
    isClean: findings.every(({ level }) => level === 'note'),
  };
}

/** Where a check of a whole file stands. */
export interface PreflightProgress {
  bytesSeen: number;
  bytesTotal: number;
  rowsRead: number;
  rowsRefused: number;
}

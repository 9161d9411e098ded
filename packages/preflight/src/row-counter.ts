import {
  exceedsRejectLimit,
  matchHeader,
  readHeaderRecord,
  JsonLinesScanner,
  type RecordScanner,
  rejectLimit,
  splitRecord,
  type TableHeader,
} from '@hikyaku/datasets/reading';
import type { PreflightFinding, ReadingRules } from '@hikyaku/types';
import { FaultSummary } from './fault-summary.ts';
import { isRefusal, type Refusal } from './file-refused.ts';
import { KeySet } from './key-set.ts';
import { RowJudge } from './row-judge.ts';

/**
 * Goes through the records of one file as they are scanned: the header first, then row by row what the worker will make of
 * it. Where a file lacks columns it is refused as a whole; its rows are judged by the columns there are.
 */
export class RowCounter {
  readonly counts = { read: 0, refused: 0, repeated: 0, undecided: 0 };
  readonly faults: FaultSummary;
  /** As soon as it is read. */
  header: TableHeader | undefined;
  /** Why the file is refused, where it lacks columns. */
  missing: Refusal | undefined;
  readonly #scanner: RecordScanner;
  readonly #rules: ReadingRules;
  readonly #keys = new KeySet();
  #judge: RowJudge | undefined;

  constructor(scanner: RecordScanner, rules: ReadingRules, mostFaults?: number) {
    this.#scanner = scanner;
    this.#rules = rules;
    this.faults = new FaultSummary(mostFaults);
    if (scanner instanceof JsonLinesScanner) this.#begin(scanner.header);
  }

  /** Every record the scanner can tell by now. Throws `HikyakuError` where the file is refused for what it is. */
  countOn(): void {
    const scanner = this.#scanner;
    while (scanner.next()) {
      if (this.#judge) this.#count(this.#judge);
      else this.#readHeader();
    }
  }

  /** What rows there are to tell about. `isWhole`: no row comes any more. */
  findings(isWhole: boolean): PreflightFinding[] {
    const { read, refused, repeated } = this.counts;
    const findings: PreflightFinding[] = [];
    if (refused > 0) findings.push({ code: 'rows-refused', level: 'refused', refused, read, isWhole });
    if (!this.missing && this.#isTooMany(isWhole)) {
      // Of a part nobody knows what the percentage will be of.
      const limit = isWhole
        ? rejectLimit(this.#rules, read)
        : rejectLimit({ ...this.#rules, rejectLimitPercent: 100 }, Infinity);
      findings.unshift({ code: 'too-many-rejects', level: 'refused', refused, limit });
    }
    if (repeated > 0) {
      const isComplete = isWhole && this.#keys.isComplete;
      findings.push({ code: 'repeated-keys', level: 'advice', rows: repeated, isComplete });
    }
    return findings;
  }

  #isTooMany(isWhole: boolean): boolean {
    const { read, refused } = this.counts;
    if (isWhole) return exceedsRejectLimit(this.#rules, { read, rejected: refused });
    return exceedsRejectLimit({ ...this.#rules, rejectLimitPercent: 100 }, { read: Infinity, rejected: refused });
  }

  #readHeader(): void {
    const scanner = this.#scanner;
    try {
      this.#begin(readHeaderRecord(scanner, this.#rules));
    } catch (error) {
      if (!isRefusal(error) || error.code !== 'missing-columns') throw error;
      this.missing = error;
      const header = matchHeader(cellsOf(scanner), this.#rules);
      scanner.expectedFieldCount = header.fieldCount;
      this.#begin(header);
    }
  }

  #begin(header: TableHeader): void {
    this.header = header;
    this.#judge = new RowJudge(header, this.#rules);
  }

  #count(judge: RowJudge): void {
    this.counts.read++;
    const verdict = judge.judge(this.#scanner);
    if (verdict === 'undecided') {
      this.counts.undecided++;
    } else if (verdict.length > 0) {
      this.counts.refused++;
      this.faults.add(verdict);
    } else {
      const key = judge.keyOf(this.#scanner);
      if (key !== undefined && this.#keys.addAndTell(key)) this.counts.repeated++;
    }
  }
}

function cellsOf({ bytes, start, end }: RecordScanner): string[] {
  return splitRecord(new TextDecoder().decode(bytes.subarray(start, end)));
}

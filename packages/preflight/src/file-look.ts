import { formatOf, refuseOtherFormats, TextReader } from '@hikyaku/datasets/reading';
import {
  type ClosedForm,
  HikyakuError,
  type PreflightFinding,
  type PreflightRefusal,
  type ReadingRules,
} from '@hikyaku/types';
import { fileRefused, isRefusal, type Refusal } from './file-refused.ts';
import { describeHeader } from './header/describe-header.ts';
import { misreadings } from './header/misreadings.ts';
import { judged, type PreflightProgress, type PreflightReport } from './preflight-report.ts';
import { readPreview } from './preview.ts';
import { openScanner } from './reading/open-scanner.ts';
import type { ContentChunk } from './reading/read-content.ts';
import { RowCounter } from './row-counter.ts';

/** As the scanner of CSV has it. */
const longestRecordBytes = 4 * 1024 ** 2;
/** What the encoding is guessed by, and the preview made of. */
const sampleBytes = 256 * 1024;
/** What other formats are told by. */
const formBytes = 512;

/** As the worker has them: what is unpacked is not packed again. */
const packed = new Set(['gzip', 'zip']);
/** Of a file refused for one of these there is nothing to show. */
const noText: readonly PreflightRefusal[] = ['other-format', 'nested-compression', 'damaged-workbook'];

export interface FileLookOptions {
  /** Of the file as it is stored. */
  totalBytes: number;
  /** What is looked at was unpacked. */
  isUnpacked: boolean;
  rules: ReadingRules;
  mostFaults: number | undefined;
}

/** One file while it is looked at, piece by piece. */
export class FileLook {
  readonly #totalBytes: number;
  readonly #isUnpacked: boolean;
  readonly #rules: ReadingRules;
  readonly #text: TextReader;
  readonly #scanner: ReturnType<typeof openScanner>;
  readonly #counter: RowCounter;
  /** The beginning of the content: nothing is read before so much is there. */
  #sample = new Uint8Array(0);
  #contentBytes = 0;
  #seenBytes = 0;
  #isBegun = false;
  /** While no header is read: the line that may be one, and how much of it there was at least. */
  #line = { number: 1, textBytes: 0 };
  #end: ContentChunk['end'] = 'more';
  #failure: Refusal | undefined;
  /** What was unpacked is something that nobody can look into here. */
  #closed: ClosedForm | undefined;

  constructor({ totalBytes, isUnpacked, rules, mostFaults }: FileLookOptions) {
    this.#totalBytes = totalBytes;
    this.#isUnpacked = isUnpacked;
    this.#rules = rules;
    this.#text = new TextReader(rules.encoding);
    this.#scanner = openScanner(rules);
    this.#counter = new RowCounter(this.#scanner, rules, mostFaults);
  }

  get progress(): PreflightProgress {
    const { read, refused } = this.#counter.counts;
    return { bytesSeen: this.#seenBytes, bytesTotal: this.#totalBytes, rowsRead: read, rowsRefused: refused };
  }

  /** Whether there may be more to find out. */
  goOn({ bytes, seenBytes, end }: ContentChunk): boolean {
    this.#seenBytes = seenBytes;
    this.#contentBytes += bytes.length;
    this.#end = end;
    const isTaken = this.#unlessRefused(() => {
      this.#refuseGrown();
      if (this.#isBegun) this.#read(bytes);
      else this.#gather(bytes);
      if (end === 'last') this.#finish();
    });
    return isTaken && !this.#closed;
  }

  /** With what was found before, such as in the file's name. */
  report(before: readonly PreflightFinding[]): PreflightReport {
    if (!this.#isBegun && this.#sample.length > 0) this.#unlessRefused(() => this.#begin());
    const isReadable = this.#sample.length > 0 && !this.#isNothingToShow;
    const readAs = this.#text.encoding;
    const misread = isReadable ? misreadings(this.#sample, this.#rules, readAs) : undefined;
    const isSampleWhole = this.#end === 'last' && this.#contentBytes === this.#sample.length;
    const ofReading = misread?.findings ?? [];
    const findings = [...before, ...this.#fileFindings(), ...ofReading, ...this.#rowFindings(ofReading.length > 0)];
    return {
      bytes: { seen: this.#seenBytes, total: this.#totalBytes },
      isWhole: this.#end === 'last' || this.#failure !== undefined,
      encoding: isReadable ? { readAs, looksLike: misread?.looksLike ?? null } : null,
      preview: isReadable ? readPreview(this.#sample, isSampleWhole, this.#rules, readAs) : null,
      rows: { ...this.#counter.counts },
      faults: this.#counter.faults.first,
      faultCount: this.#counter.faults.count,
      ...judged(findings),
    };
  }

  /** What is in it is no text, or not one of this dataset's. */
  get #isNothingToShow(): boolean {
    return this.#closed !== undefined || noText.some((code) => code === this.#failure?.code);
  }

  /** Only what unpacks has this limit: a file as it is has that of its upload. */
  #refuseGrown(): void {
    const { maxContentBytes: limitBytes } = this.#rules;
    if (!this.#isUnpacked || this.#contentBytes <= limitBytes) return;
    throw new HikyakuError('content-too-large', { details: { limitBytes } });
  }

  /** False where the worker will refuse the file for what was read. */
  #unlessRefused(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#failure = error;
      return false;
    }
  }

  #gather(bytes: Uint8Array): void {
    const gathered = new Uint8Array(this.#sample.length + bytes.length);
    gathered.set(this.#sample);
    gathered.set(bytes, this.#sample.length);
    this.#sample = gathered;
    if (gathered.length >= sampleBytes) this.#begin();
  }

  #begin(): void {
    const content = this.#sample;
    this.#isBegun = true;
    this.#sample = content.slice(0, sampleBytes);
    this.#recognize(content.subarray(0, formBytes));
    if (!this.#closed) this.#read(content);
  }

  /** As the worker does, before anything is read. */
  #recognize(head: Uint8Array): void {
    const { format } = this.#rules;
    const found = formatOf(head);
    if (this.#isUnpacked && found !== undefined && packed.has(found)) {
      throw new HikyakuError('nested-compression', { details: { found } });
    }
    refuseOtherFormats(head, format);
    if (format !== 'xlsx') return;
    if (found !== 'office') throw new HikyakuError('damaged-workbook');
    this.#closed = 'xlsx';
  }

  #read(bytes: Uint8Array): void {
    const text = this.#text.push(bytes);
    this.#scanner.push(text);
    this.#counter.countOn();
    if (!this.#counter.header) this.#refuseEndlessLine(text.length);
  }

  /** A scanner tells that a line is too long where it ends; a header without an end never would be told. */
  #refuseEndlessLine(textBytes: number): void {
    const { lineReached } = this.#scanner;
    if (lineReached !== this.#line.number) this.#line = { number: lineReached, textBytes: 0 };
    this.#line.textBytes += textBytes;
    if (this.#line.textBytes <= longestRecordBytes + sampleBytes) return;
    throw new HikyakuError('line-too-long', { details: { lineNumber: lineReached } });
  }

  #finish(): void {
    if (this.#contentBytes === 0) throw new HikyakuError('empty-file');
    if (!this.#isBegun) this.#begin();
    if (this.#closed) return;
    this.#scanner.push(this.#text.finish());
    this.#counter.countOn();
    this.#scanner.finish();
    this.#counter.countOn();
    if (!this.#counter.header) throw new HikyakuError('empty-file');
  }

  #fileFindings(): PreflightFinding[] {
    const findings: PreflightFinding[] = [];
    if (this.#failure) findings.push(fileRefused(this.#failure));
    const closed = this.#closed ?? (this.#end === 'unreadable' ? 'gzip-unreadable' : undefined);
    if (closed) findings.push({ code: 'not-looked-into', level: 'note', form: closed });
    return findings;
  }

  /** What is read as something else has neither its columns nor its rows. */
  #rowFindings(isMisread: boolean): PreflightFinding[] {
    const { header, missing } = this.#counter;
    if (!header || this.#isNothingToShow) return [];
    if (isMisread && missing) return [fileRefused(missing)];
    return [...describeHeader(header, this.#rules), ...this.#counter.findings(this.#end === 'last' && !this.#failure)];
  }
}

import { refuseOtherFormats, TextReader } from '@hikyaku/datasets';
import { HikyakuError, type PreflightFinding, type ReadingRules } from '@hikyaku/types';
import { describeHeader } from './header/describe-header.ts';
import { misreadings } from './header/misreadings.ts';
import type { PreflightProgress, PreflightReport } from './preflight-report.ts';
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

const gravity = { refused: 0, advice: 1, note: 2 } as const satisfies Record<PreflightFinding['level'], number>;

/** One file while it is looked at, piece by piece. */
export class FileLook {
  readonly #totalBytes: number;
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
  #failure: HikyakuError | undefined;

  constructor(totalBytes: number, rules: ReadingRules, mostFaults?: number) {
    this.#totalBytes = totalBytes;
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
    return this.#unlessRefused(() => {
      if (this.#contentBytes > this.#rules.maxContentBytes) throw new HikyakuError('content-too-large');
      if (this.#isBegun) this.#read(bytes);
      else this.#gather(bytes);
      if (end === 'last') this.#finish();
    });
  }

  /** With what was found before, such as in the file's name. */
  report(before: readonly PreflightFinding[]): PreflightReport {
    if (!this.#isBegun) this.#unlessRefused(() => this.#begin());
    const isReadable = this.#sample.length > 0 && !this.#isOfOtherFormat;
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
      faultSorts: this.#counter.faults.sorts,
      findings: findings.toSorted((a, b) => gravity[a.level] - gravity[b.level]),
    };
  }

  /** There is nothing to show of it. */
  get #isOfOtherFormat(): boolean {
    return this.#failure?.code === 'other-format';
  }

  /** False where the worker will refuse the file for what was read. */
  #unlessRefused(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof HikyakuError)) throw error;
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
    refuseOtherFormats(content.subarray(0, formBytes), this.#rules.format);
    this.#read(content);
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
    if (!this.#isBegun) this.#begin();
    this.#scanner.push(this.#text.finish());
    this.#counter.countOn();
    this.#scanner.finish();
    this.#counter.countOn();
    if (!this.#counter.header || this.#contentBytes === 0) throw new HikyakuError('empty-file');
  }

  #fileFindings(): PreflightFinding[] {
    const findings: PreflightFinding[] = [];
    if (this.#failure) findings.push(fileRefused(this.#failure));
    if (this.#end === 'unreadable') findings.push({ code: 'not-looked-into', level: 'note', form: 'gzip-unreadable' });
    return findings;
  }

  /** What is read as something else has neither its columns nor its rows. */
  #rowFindings(isMisread: boolean): PreflightFinding[] {
    const { header, missing } = this.#counter;
    if (!header || this.#isOfOtherFormat) return [];
    if (isMisread && missing) return [fileRefused(missing)];
    return [...describeHeader(header, this.#rules), ...this.#counter.findings(this.#end === 'last' && !this.#failure)];
  }
}

function fileRefused({ code, details }: HikyakuError): PreflightFinding {
  return { code: 'file-refused', level: 'refused', cause: { code, details } };
}

import type { RejectCode } from '@hikyaku/types';
import { isUtf8 } from './is-utf8.ts';
import type { RecordScanner } from './record-scanner.ts';

const comma = 0x2c;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const fieldStart = 0;
const unquoted = 1;
const quoted = 2;
const afterQuote = 3;
/** In quotes, behind a CR: whether a line has ended with it or ends with the LF that may follow. */
const quotedAfterCarriageReturn = 4;
/** The record is refused already; what remains of its line is passed over. */
const skipping = 5;

const endsQuotedRun = byteSet([quote, lineFeed, carriageReturn, 0]);
const endsLine = byteSet([lineFeed, carriageReturn]);
const byteOrderMark = [0xef, 0xbb, 0xbf];

export interface CsvRecordScannerOptions {
  /** What stands between two fields; a comma by default. */
  delimiter?: string;
  /** Longest record, in bytes; also what bounds memory. 4 MiB by default. */
  recordLimitBytes?: number;
  /** Fields whose ends are noted in `fieldEnds`; fields beyond are only counted. 1,600 by default. */
  fieldLimit?: number;
  /** A faster check of the same meaning, such as the one of `node:buffer`. */
  isUtf8?: (bytes: Uint8Array) => boolean;
}

/**
 * Finds the records of a CSV file in its bytes, whatever the size of the chunks, without building a string or a row.
 * The bytes are UTF-8: another encoding is transcoded before it comes here, never inside.
 *
 * A line ends with LF, CRLF or CR, within quotes too: lines are counted as editors count them. Blank lines are no records.
 *
 * A fault refuses its record up to the end of the line and no more. A record longer than the limit is `line-too-long`. A
 * quote over several lines that is still open at the limit or at the end of the file, or that text stands behind where it
 * closes, was never meant to span lines: what is refused as `unclosed-quote` ends with the line in which it opened, and the
 * next line is read as if nothing had been. Where no line has ended since, the record is `line-too-long`, `stray-quote`, or
 * at the end of the file `unclosed-quote`.
 *
 * Sound records of another delimiter are shown with commas, so that whoever reads records knows one form only.
 */
export class CsvRecordScanner implements RecordScanner {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  lineNumber = 0;
  fieldCount = 0;
  readonly fieldEnds: Int32Array;
  fault: RejectCode | undefined;
  faultField = 0;
  readonly delimiter: number;
  expectedFieldCount: number | undefined;

  readonly #recordLimitBytes: number;
  readonly #isUtf8: (bytes: Uint8Array) => boolean;
  readonly #endsUnquotedRun: Uint8Array;
  #chunk: Uint8Array = new Uint8Array(0);
  #position = 0;
  /** The current record's bytes from chunks before this one. */
  #pending = new Uint8Array(4_096);
  #pendingLength = 0;
  /** Sound records of another delimiter, with commas. */
  #rewritten = new Uint8Array(0);
  #state = fieldStart;
  #line = 1;
  #recordLine = 1;
  /** A chunk ended with a CR that ended a record: a LF that begins the next one belongs to it. */
  #lineFeedMayFollow = false;
  /** Where the first line after the open quote begins, counted from the record's start; -1 while there is none. */
  #resumeAt = -1;
  #resumeLine = 0;
  #fields = 0;
  #currentFault: RejectCode | undefined;
  #markBytesSeen = 0;
  #ended = false;
  /** The part of the chunk, at line ends, that is known to be valid UTF-8. */
  #validFrom = 0;
  #validTo = 0;

  constructor(options: CsvRecordScannerOptions = {}) {
    this.delimiter = (options.delimiter ?? ',').charCodeAt(0);
    this.#endsUnquotedRun = byteSet([this.delimiter, quote, lineFeed, carriageReturn, 0]);
    this.#recordLimitBytes = options.recordLimitBytes ?? 4 * 1024 ** 2;
    this.#isUtf8 = options.isUtf8 ?? isUtf8;
    this.fieldEnds = new Int32Array(options.fieldLimit ?? 1_600);
  }

  get lastLineNumber(): number {
    return this.#recordLine - 1;
  }

  get lineReached(): number {
    return this.#recordLine;
  }

  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#position = 0;
    if (this.#lineFeedMayFollow && chunk.length > 0) {
      if (chunk[0] === lineFeed) this.#position = 1;
      this.#lineFeedMayFollow = false;
    }
    if (this.#markBytesSeen < byteOrderMark.length) this.#passByteOrderMark();
    this.#checkEncoding();
  }

  finish(): void {
    this.#chunk = new Uint8Array(0);
    this.#position = 0;
    this.#ended = true;
    if (this.#markBytesSeen < byteOrderMark.length) this.#takeAsFirstBytes(this.#markBytesSeen);
  }

  next(): boolean {
    const recordStart = this.#scan();
    if (recordStart >= 0) {
      this.#describe(recordStart);
      return true;
    }
    return this.#ended ? this.#takeLastRecord() : false;
  }

  /** Runs over the chunk to the end of a record: its start there, or -1 if the chunk ended first. */
  #scan(): number {
    const chunk = this.#chunk;
    const length = chunk.length;
    const delimiter = this.delimiter;
    const endsUnquotedRun = this.#endsUnquotedRun;
    let position = this.#position;
    let recordStart = position;
    let state = this.#state;
    // With the first byte beyond the limit a record is given up: at the same place, whatever the chunks.
    let stop = recordStart - this.#pendingLength + this.#recordLimitBytes + 1;
    if (stop > length || state === skipping) stop = length;

    while (position < stop) {
      let byte = chunk[position]!;
      switch (state) {
        case fieldStart:
          if (byte === quote) {
            state = quoted;
            this.#resumeAt = -1;
            position++;
          } else {
            state = unquoted;
          }
          continue;
        case unquoted:
          while (endsUnquotedRun[byte] === 0 && ++position < stop) byte = chunk[position]!;
          if (position === stop) continue;
          break;
        case quoted:
          while (endsQuotedRun[byte] === 0 && ++position < stop) byte = chunk[position]!;
          if (position === stop) continue;
          position++;
          if (byte === quote) {
            state = afterQuote;
          } else if (byte === 0) {
            this.#refuse('nul-character');
          } else {
            if (byte === carriageReturn) state = quotedAfterCarriageReturn;
            this.#line++;
            if (this.#resumeAt === -1) this.#noteLineInQuotes(this.#pendingLength + position - recordStart);
          }
          continue;
        case quotedAfterCarriageReturn:
          state = quoted;
          if (byte === lineFeed) {
            const behind = this.#pendingLength + position - recordStart;
            if (this.#resumeAt === behind) this.#resumeAt++;
            position++;
          }
          continue;
        case afterQuote:
          if (byte === quote) {
            state = quoted;
            position++;
            continue;
          }
          if (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
            if (this.#resumeAt >= 0) {
              this.#position = position;
              return this.#refuseOpenQuote(recordStart);
            }
            byte = quote;
          }
          break;
        default:
          while (endsLine[byte] === 0 && ++position < length) byte = chunk[position]!;
          if (position === length) continue;
      }

      // Outside quotes, at a byte that means something.
      if (byte === delimiter) {
        this.#endField(this.#pendingLength + position - recordStart);
        state = fieldStart;
      } else if (byte === lineFeed || byte === carriageReturn) {
        const recordLength = this.#pendingLength + position - recordStart;
        this.lineNumber = this.#recordLine;
        this.#recordLine = ++this.#line;
        if (byte === carriageReturn) {
          if (position + 1 === length) this.#lineFeedMayFollow = true;
          else if (chunk[position + 1] === lineFeed) position++;
        }
        if (recordLength > 0) {
          if (state !== skipping) this.#endField(recordLength);
          this.end = recordLength;
          this.#state = fieldStart;
          this.#position = position + 1;
          return recordStart;
        }
        this.#pendingLength = 0;
        state = fieldStart;
        recordStart = position + 1;
        stop = Math.min(length, recordStart + this.#recordLimitBytes + 1);
      } else if (byte === quote) {
        this.#refuse('stray-quote');
        state = skipping;
        stop = length;
      } else {
        this.#refuse('nul-character');
      }
      position++;
    }

    this.#state = state;
    this.#position = position;
    if (state !== skipping && this.#pendingLength + position - recordStart > this.#recordLimitBytes) {
      return this.#giveUp(recordStart);
    }
    this.#append(recordStart, position);
    return -1;
  }

  /** After the last chunk: the record of a last line without a line ending. */
  #takeLastRecord(): boolean {
    if (this.#pendingLength === 0) return false;
    const isInQuotes = this.#state === quoted || this.#state === quotedAfterCarriageReturn;
    if (isInQuotes && this.#resumeAt >= 0) {
      this.#describe(this.#refuseOpenQuote(this.#position));
      return true;
    }
    if (isInQuotes) this.#refuseQuote();
    else if (this.#state !== skipping) this.#endField(this.#pendingLength);
    this.#state = fieldStart;
    this.lineNumber = this.#recordLine;
    this.#recordLine = ++this.#line;
    this.end = this.#pendingLength;
    this.#describe(this.#position);
    return true;
  }

  /** The record is longer than may be: its start in the chunk, or -1, as `#scan` has it. */
  #giveUp(recordStart: number): number {
    if (this.#state >= quoted && this.#resumeAt >= 0) return this.#refuseOpenQuote(recordStart);
    this.#refuse('line-too-long');
    this.#state = skipping;
    this.#append(recordStart, this.#position);
    return this.#scan();
  }

  /**
   * Refuses the record up to the line in which its quote opened, and goes back to the line behind. No line in between holds a
   * single quote, or it would have closed this one, so that none of them opens another: nothing is read three times.
   */
  #refuseOpenQuote(recordStart: number): number {
    let start = recordStart;
    if (this.#pendingLength > 0) {
      const rest = this.#chunk.subarray(recordStart);
      const whole = new Uint8Array(this.#pendingLength + rest.length);
      whole.set(this.#pending.subarray(0, this.#pendingLength));
      whole.set(rest, this.#pendingLength);
      this.#chunk = whole;
      this.#pendingLength = 0;
      this.#checkEncoding();
      start = 0;
    }
    const chunk = this.#chunk;
    this.#position = start + this.#resumeAt;
    let end = this.#position - 1;
    if (chunk[end] === carriageReturn) {
      if (chunk[this.#position] === lineFeed) this.#position++;
      else if (this.#position === chunk.length) this.#lineFeedMayFollow = true;
    } else if (chunk[end - 1] === carriageReturn) {
      end--;
    }
    this.#refuseQuote();
    this.#state = fieldStart;
    this.lineNumber = this.#recordLine;
    this.#recordLine = this.#resumeLine;
    this.#line = this.#resumeLine;
    this.end = end - start;
    return start;
  }

  #noteLineInQuotes(behind: number): void {
    this.#resumeAt = behind;
    this.#resumeLine = this.#line;
  }

  /** Fills in the public fields for the record that starts at `recordStart` of the chunk and is `this.end` bytes long. */
  #describe(recordStart: number): void {
    const length = this.end > this.#recordLimitBytes ? this.#recordLimitBytes : this.end;
    let checked = false;
    if (this.#pendingLength === 0) {
      this.bytes = this.#chunk;
      this.start = recordStart;
      checked = recordStart >= this.#validFrom && recordStart + length <= this.#validTo;
    } else {
      this.#append(recordStart, recordStart + Math.max(0, length - this.#pendingLength));
      this.bytes = this.#pending;
      this.start = 0;
    }
    this.end = this.start + length;
    this.fieldCount = this.#fields;
    this.fault = this.#currentFault;
    if (this.fault === undefined) {
      if (!checked && !this.#isUtf8(this.bytes.subarray(this.start, this.end))) this.fault = 'invalid-encoding';
      else if (this.expectedFieldCount !== undefined && this.fieldCount !== this.expectedFieldCount) {
        this.fault = 'wrong-column-count';
      } else if (this.delimiter !== comma) this.#rewrite();
    }
    this.#fields = 0;
    this.#currentFault = undefined;
    this.#pendingLength = 0;
  }

  /** Puts commas between the fields, and quotes around those that hold one. */
  #rewrite(): void {
    // More columns than any table has: they are counted, and the file is refused.
    if (this.fieldCount > this.fieldEnds.length) return;
    const { bytes, start, end, fieldEnds, fieldCount } = this;
    const longest = end - start + 2 * fieldCount;
    if (longest > this.#rewritten.length) this.#rewritten = new Uint8Array(longest * 2);
    const rewritten = this.#rewritten;
    let length = 0;
    let fieldAt = start;
    for (let field = 0; field < fieldCount; field++) {
      const fieldEnd = start + fieldEnds[field]!;
      const written = length;
      let hasComma = false;
      for (let position = fieldAt; position < fieldEnd; position++) {
        const byte = bytes[position]!;
        if (byte === comma) hasComma = true;
        rewritten[length++] = byte;
      }
      if (hasComma && rewritten[written] !== quote) {
        rewritten.copyWithin(written + 1, written, length);
        rewritten[written] = quote;
        rewritten[length + 1] = quote;
        length += 2;
      }
      fieldEnds[field] = length;
      rewritten[length++] = comma;
      fieldAt = fieldEnd + 1;
    }
    this.bytes = rewritten;
    this.start = 0;
    this.end = length - 1;
  }

  #endField(end: number): void {
    if (this.#fields < this.fieldEnds.length) this.fieldEnds[this.#fields] = end;
    this.#fields++;
  }

  /** The first fault of a record is the one that is told. */
  #refuse(code: RejectCode): void {
    if (this.#currentFault !== undefined) return;
    this.#currentFault = code;
    this.faultField = this.#fields;
  }

  /** Whatever else there is behind it: nobody meant it to be in quotes. */
  #refuseQuote(): void {
    this.#currentFault = 'unclosed-quote';
    this.faultField = this.#fields;
  }

  /** Of a record that is refused no more is kept than the longest one may have. */
  #append(from: number, until: number): void {
    const room = this.#recordLimitBytes + 1 - this.#pendingLength;
    const to = Math.min(until, from + Math.max(0, room));
    const length = this.#pendingLength + to - from;
    if (length > this.#pending.length) {
      const larger = new Uint8Array(Math.max(length, this.#pending.length * 2));
      larger.set(this.#pending.subarray(0, this.#pendingLength));
      this.#pending = larger;
    }
    this.#pending.set(this.#chunk.subarray(from, to), this.#pendingLength);
    this.#pendingLength = length;
  }

  /** One check for all whole lines of the chunk is many times faster than one for each. A line end is never within a character. */
  #checkEncoding(): void {
    const first = this.#chunk.indexOf(lineFeed);
    this.#validFrom = first === -1 ? 0 : first + 1;
    this.#validTo = first === -1 ? 0 : this.#chunk.lastIndexOf(lineFeed) + 1;
    if (!this.#isUtf8(this.#chunk.subarray(this.#validFrom, this.#validTo))) this.#validTo = 0;
  }

  #passByteOrderMark(): void {
    while (this.#position < this.#chunk.length && this.#markBytesSeen < byteOrderMark.length) {
      if (this.#chunk[this.#position] !== byteOrderMark[this.#markBytesSeen]) {
        this.#takeAsFirstBytes(this.#markBytesSeen);
        this.#markBytesSeen = byteOrderMark.length;
        return;
      }
      this.#markBytesSeen++;
      this.#position++;
    }
  }

  /** Not a mark after all: what looked like its beginning, perhaps in chunks before, belongs to the first record. */
  #takeAsFirstBytes(count: number): void {
    if (count === 0) return;
    this.#pending.set(byteOrderMark.slice(0, count));
    this.#pendingLength = count;
    this.#state = unquoted;
  }
}

function byteSet(bytes: readonly number[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const byte of bytes) set[byte] = 1;
  return set;
}

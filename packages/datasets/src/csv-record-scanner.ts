import { HikyakuError, type RejectCode } from '@hikyaku/types';
import { isUtf8 } from './is-utf8.ts';

const comma = 0x2c;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const fieldStart = 0;
const unquoted = 1;
const quoted = 2;
const afterQuote = 3;
const afterCarriageReturn = 4;
/** The record is refused already; what remains of its line is passed over. */
const skipping = 5;

const endsUnquotedRun = byteSet([comma, quote, lineFeed, carriageReturn, 0]);
const endsQuotedRun = byteSet([quote, lineFeed, 0]);
const byteOrderMark = [0xef, 0xbb, 0xbf];

export interface CsvRecordScannerOptions {
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
 * `push` a chunk, call `next` until it is false, `push` again; after the last chunk `finish`, then `next` until it is false.
 * After each `next` that is true the fields below describe one record. Its slice of `bytes` is valid until the next
 * call of any method. Blank lines are no records.
 *
 * Throws `HikyakuError`: `line-too-long` (lineNumber, limitBytes), `unclosed-quote` (lineNumber, where it opened).
 */
export class CsvRecordScanner {
  /** The record without its line ending is `bytes` from `start` to `end`. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** The record's first line in the file, from 1. Lines within quotes and blank lines are counted. */
  lineNumber = 0;
  fieldCount = 0;
  /** Where each field ends (its delimiter or the record's end), counted from `start`. */
  readonly fieldEnds: Int32Array;
  /** Why the record has to be refused, if it has to. */
  fault: RejectCode | undefined;
  /** The field the fault lies in, from 0. Means nothing for `invalid-encoding` and `wrong-column-count`. */
  faultField = 0;
  /** Set once the header is known: from then on a record of another width is a `wrong-column-count`. */
  expectedFieldCount: number | undefined;

  readonly #recordLimitBytes: number;
  readonly #isUtf8: (bytes: Uint8Array) => boolean;
  #chunk: Uint8Array = new Uint8Array(0);
  #position = 0;
  /** The current record's bytes from chunks before this one. */
  #pending = new Uint8Array(4_096);
  #pendingLength = 0;
  #state = fieldStart;
  #line = 1;
  #recordLine = 1;
  #quoteLine = 1;
  #fields = 0;
  #currentFault: RejectCode | undefined;
  #markBytesSeen = 0;
  #ended = false;
  /** The part of the chunk, at line ends, that is known to be valid UTF-8. */
  #validFrom = 0;
  #validTo = 0;

  constructor(options: CsvRecordScannerOptions = {}) {
    this.#recordLimitBytes = options.recordLimitBytes ?? 4 * 1024 ** 2;
    this.#isUtf8 = options.isUtf8 ?? isUtf8;
    this.fieldEnds = new Int32Array(options.fieldLimit ?? 1_600);
  }

  /** Hands over the next bytes of the file. `next` must have said false before. The chunk is not kept. */
  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#position = 0;
    if (this.#markBytesSeen < byteOrderMark.length) this.#passByteOrderMark();
    this.#checkEncoding();
  }

  /** Says that no chunk will come any more. */
  finish(): void {
    this.#chunk = new Uint8Array(0);
    this.#position = 0;
    this.#ended = true;
    if (this.#markBytesSeen < byteOrderMark.length) this.#takeAsFirstBytes(this.#markBytesSeen);
  }

  /** Goes to the next record; false when more bytes are needed, or after `finish` when there is none. */
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
    let position = this.#position;
    let recordStart = position;
    let state = this.#state;

    while (position < length) {
      let byte = chunk[position]!;
      switch (state) {
        case fieldStart:
          if (byte === quote) {
            state = quoted;
            this.#quoteLine = this.#line;
            position++;
          } else {
            state = unquoted;
          }
          continue;
        case unquoted:
          while (endsUnquotedRun[byte] === 0 && ++position < length) byte = chunk[position]!;
          if (position === length) continue;
          break;
        case quoted:
          while (endsQuotedRun[byte] === 0 && ++position < length) byte = chunk[position]!;
          if (position === length) continue;
          if (byte === quote) state = afterQuote;
          else if (byte === lineFeed) this.#line++;
          else this.#refuse('nul-character');
          position++;
          continue;
        case afterQuote:
          if (byte === quote) {
            state = quoted;
            position++;
            continue;
          }
          if (byte !== comma && byte !== lineFeed && byte !== carriageReturn) byte = quote;
          break;
        case afterCarriageReturn:
          if (byte !== lineFeed) {
            this.#refuse('stray-carriage-return');
            state = skipping;
            continue;
          }
          break;
        default:
          position = chunk.indexOf(lineFeed, position);
          if (position === -1) position = length;
          if (position === length) continue;
          byte = lineFeed;
      }

      // Outside quotes, at a byte that means something.
      if (byte === comma) {
        this.#endField(this.#pendingLength + position - recordStart);
        state = fieldStart;
      } else if (byte === lineFeed) {
        const recordLine = this.#recordLine;
        this.#recordLine = ++this.#line;
        const recordLength = this.#pendingLength + position - recordStart - (state === afterCarriageReturn ? 1 : 0);
        state = fieldStart;
        if (recordLength === 0) {
          this.#pendingLength = 0;
          recordStart = position + 1;
        } else {
          this.#endField(recordLength);
          this.lineNumber = recordLine;
          this.end = recordLength;
          this.#state = state;
          this.#position = position + 1;
          return recordStart;
        }
      } else if (byte === carriageReturn) {
        state = afterCarriageReturn;
      } else if (byte === quote) {
        this.#refuse('stray-quote');
        state = skipping;
      } else {
        this.#refuse('nul-character');
      }
      position++;
    }

    this.#state = state;
    this.#position = length;
    // The last byte may be half of a line ending.
    this.#refuseLongRecord(this.#pendingLength + length - recordStart - 1, this.#recordLine);
    this.#append(recordStart, length);
    return -1;
  }

  /** After the last chunk: the record of a last line without a line ending. */
  #takeLastRecord(): boolean {
    if (this.#pendingLength === 0) return false;
    if (this.#state === quoted) throw new HikyakuError('unclosed-quote', { details: { lineNumber: this.#quoteLine } });
    if (this.#state === afterCarriageReturn) this.#refuse('stray-carriage-return');
    this.#state = fieldStart;
    this.#endField(this.#pendingLength);
    this.lineNumber = this.#recordLine;
    this.end = this.#pendingLength;
    this.#describe(0);
    return true;
  }

  /** Fills in the public fields for the record that starts at `recordStart` of the chunk and is `this.end` bytes long. */
  #describe(recordStart: number): void {
    const length = this.end;
    let checked = false;
    this.#refuseLongRecord(length, this.lineNumber);
    if (this.#pendingLength === 0) {
      this.bytes = this.#chunk;
      this.start = recordStart;
      checked = recordStart >= this.#validFrom && recordStart + length <= this.#validTo;
    } else {
      // The line ending is kept too: how much of it was pending already is not worth knowing.
      this.#append(recordStart, this.#position);
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
      }
    }
    this.#fields = 0;
    this.#currentFault = undefined;
    this.#pendingLength = 0;
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

  #append(from: number, to: number): void {
    const length = this.#pendingLength + to - from;
    if (length > this.#pending.length) {
      const larger = new Uint8Array(Math.max(length, this.#pending.length * 2));
      larger.set(this.#pending.subarray(0, this.#pendingLength));
      this.#pending = larger;
    }
    this.#pending.set(this.#chunk.subarray(from, to), this.#pendingLength);
    this.#pendingLength = length;
  }

  #refuseLongRecord(length: number, lineNumber: number): void {
    if (length <= this.#recordLimitBytes) return;
    throw new HikyakuError('line-too-long', { details: { lineNumber, limitBytes: this.#recordLimitBytes } });
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

import type { TextEncoding } from '@hikyaku/datasets/reading';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export type Newline = '\n' | '\r\n' | '\r';

/**
 * The lines of a text as its bytes are, before anybody made characters of them. Lines are counted as the scanners count
 * them: a line ends with LF, CRLF or CR. Of a line that is too long to be kept no more than its beginning is held.
 */
export class RawLines {
  readonly #longestBytes: number;
  /** UTF-16 has a line end of two bytes, at an even place. */
  readonly #isUtf16: boolean;
  /** Which byte of a unit of UTF-16 says which character of ASCII it is. */
  readonly #low: 0 | 1;
  #bytes = Buffer.alloc(0);
  #length = 0;
  /** Of the lines from `#firstLine` on: where each begins in `#bytes`, and where its text ends, -1 of one that is cut. */
  #starts: number[] = [0];
  #ends: number[] = [];
  #firstLine = 1;
  #lineFeedMayFollow = false;
  #isCut = false;
  #rest: Uint8Array = Buffer.alloc(0);

  /** @param markBytes of the byte order mark, which belongs to no line */
  constructor(encoding: TextEncoding, markBytes: number, longestBytes: number) {
    this.#isUtf16 = encoding === 'utf-16le' || encoding === 'utf-16be';
    this.#low = encoding === 'utf-16be' ? 1 : 0;
    this.#starts = [markBytes];
    this.#longestBytes = longestBytes;
  }

  push(chunk: Uint8Array): void {
    if (this.#isUtf16) this.#pushUtf16(chunk);
    else this.#pushBytes(chunk);
  }

  /** The lines from one to another without the last one's end, or undefined where they are too long to be kept. */
  take(firstLine: number, lastLine: number): Buffer | undefined {
    const start = this.#starts[firstLine - this.#firstLine];
    const end = this.#ends[lastLine - this.#firstLine] ?? (this.#isCut ? -1 : this.#length);
    for (let line = firstLine; line < lastLine; line++) if (this.#ends[line - this.#firstLine] === -1) return undefined;
    if (start === undefined || end === -1 || end - start > this.#longestBytes) return undefined;
    return this.#bytes.subarray(start, end);
  }

  /** How a line ends, as soon as that is known. */
  newlineOf(line: number): Newline | undefined {
    const end = this.#ends[line - this.#firstLine];
    const next = this.#starts[line + 1 - this.#firstLine];
    if (end === undefined || next === undefined || (this.#lineFeedMayFollow && next === this.#length)) return undefined;
    // A line that is cut has lost what ended it.
    if (end === -1) return '\n';
    const ending = this.#bytes.subarray(end, next).filter((byte) => byte !== 0);
    if (ending.length === 2) return '\r\n';
    return ending[0] === carriageReturn ? '\r' : '\n';
  }

  /** Lines before this one won't be asked for any more. */
  forgetBefore(line: number): void {
    const count = Math.min(line - this.#firstLine, this.#starts.length - 1);
    if (count <= 0) return;
    const from = this.#starts[count] ?? 0;
    this.#bytes.copyWithin(0, from, this.#length);
    this.#length -= from;
    this.#starts = this.#starts.slice(count).map((start) => start - from);
    this.#ends = this.#ends.slice(count).map((end) => (end === -1 ? -1 : end - from));
    this.#firstLine += count;
  }

  #pushBytes(chunk: Uint8Array): void {
    let from = 0;
    for (let position = 0; position < chunk.length; position++) {
      const byte = chunk[position];
      if (byte === lineFeed || byte === carriageReturn) {
        from = this.#endLine(chunk, from, position, 1, byte);
      } else {
        this.#lineFeedMayFollow = false;
      }
    }
    this.#keep(chunk, from, chunk.length);
  }

  #pushUtf16(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - (bytes.length % 2);
    let from = 0;
    for (let position = 0; position < whole; position += 2) {
      const byte = bytes[position + this.#low];
      if ((byte === lineFeed || byte === carriageReturn) && bytes[position + 1 - this.#low] === 0) {
        from = this.#endLine(bytes, from, position, 2, byte);
      } else {
        this.#lineFeedMayFollow = false;
      }
    }
    this.#keep(bytes, from, whole);
    this.#rest = Buffer.from(bytes.subarray(whole));
  }

  /** A line end at `position`, so many bytes long; where the next line begins. */
  #endLine(chunk: Uint8Array, from: number, position: number, unitBytes: number, byte: number): number {
    const next = position + unitBytes;
    if (byte === lineFeed && this.#lineFeedMayFollow) {
      this.#lineFeedMayFollow = false;
      this.#keepAlways(chunk, from, next);
      this.#starts[this.#starts.length - 1] = this.#length;
      return next;
    }
    this.#keep(chunk, from, position);
    this.#ends.push(this.#isCut ? -1 : this.#length);
    this.#isCut = false;
    this.#keepAlways(chunk, position, next);
    this.#starts.push(this.#length);
    this.#lineFeedMayFollow = byte === carriageReturn;
    return next;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const lineStart = this.#starts.at(-1) ?? 0;
    if (this.#isCut || this.#length + to - from - lineStart > this.#longestBytes) {
      this.#isCut ||= to > from;
      return;
    }
    this.#keepAlways(chunk, from, to);
  }

  #keepAlways(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length * 2, 64 * 1024));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk.subarray(from, to), this.#length);
    this.#length = length;
  }
}

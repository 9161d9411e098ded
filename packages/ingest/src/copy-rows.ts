import type { CsvRecord, TableHeader } from '@hikyaku/datasets';

const comma = 0x2c;
const lineFeed = 0x0a;
const digitZero = 0x30;
/** Digits of 2^53. */
const longestLineNumber = 16;

export const copyBufferBytes = 1024 ** 2;

/**
 * Gathers records as the CSV that COPY reads, each behind its line number and with LF at its end, in buffers of 1 MiB.
 * Fields that no column asks for are left out.
 */
export class CopyRows {
  /** The fields to keep, or undefined where all are kept. */
  readonly #fields: Int32Array | undefined;
  #buffer = Buffer.allocUnsafeSlow(copyBufferBytes);
  #length = 0;

  constructor(header: TableHeader) {
    if (header.columns.length < header.fieldCount) {
      this.#fields = Int32Array.from(header.columns, (column) => column.field);
    }
  }

  /** Adds a record; false, and nothing added, when the buffer has to be taken first. */
  add(record: CsvRecord): boolean {
    const longest = record.end - record.start + longestLineNumber + 2;
    if (this.#length + longest > this.#buffer.length) {
      if (this.#length > 0) return false;
      this.#buffer = Buffer.allocUnsafeSlow(longest);
    }
    this.#writeNumber(record.lineNumber);
    if (this.#fields) {
      for (const field of this.#fields) {
        const start = field === 0 ? 0 : record.fieldEnds[field - 1]! + 1;
        this.#buffer[this.#length++] = comma;
        this.#writeBytes(record.bytes, record.start + start, record.start + record.fieldEnds[field]!);
      }
    } else {
      this.#buffer[this.#length++] = comma;
      this.#writeBytes(record.bytes, record.start, record.end);
    }
    this.#buffer[this.#length++] = lineFeed;
    return true;
  }

  /** What was gathered, or undefined if nothing was. The buffer is the caller's from now on. */
  take(): Uint8Array | undefined {
    if (this.#length === 0) return undefined;
    const taken = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafeSlow(copyBufferBytes);
    this.#length = 0;
    return taken;
  }

  #writeNumber(value: number): void {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++;
    let rest = value;
    for (let position = this.#length + digits - 1; position >= this.#length; position--) {
      this.#buffer[position] = digitZero + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#length += digits;
  }

  #writeBytes(bytes: Uint8Array, start: number, end: number): void {
    const buffer = this.#buffer;
    let position = this.#length;
    // A call into native code costs more than copying a short record here.
    if (end - start > 200) {
      buffer.set(bytes.subarray(start, end), position);
      position += end - start;
    } else {
      for (let from = start; from < end; from++) buffer[position++] = bytes[from]!;
    }
    this.#length = position;
  }
}

import { type CsvRecord, fieldStart, type TableHeader } from '@hikyaku/datasets/reading';

const comma = 0x2c;
const lineFeed = 0x0a;
const digitZero = 0x30;
/** Digits of 2^53. */
const longestLineNumber = 16;

const copyBufferBytes = 1024 ** 2;

/**
 * Gathers records as the CSV that COPY reads, in buffers of 1 MiB: each behind its line number, with LF at its end. Fields
 * that no column asks for are left out.
 */
export class CopyRows {
  readonly #fields: number[];
  readonly #allFieldsKept: boolean;
  #buffer = Buffer.allocUnsafeSlow(copyBufferBytes);
  /** Buffers that came back: memory would grow with the file if each were left to the garbage collector. */
  readonly #spare: Buffer<ArrayBuffer>[] = [];
  #length = 0;

  constructor(header: TableHeader) {
    this.#fields = header.columns.map((column) => column.field);
    this.#allFieldsKept = header.columns.length === header.fieldCount;
  }

  /** Adds a record; false, and nothing added, when the buffer has to be taken first. */
  add(record: CsvRecord): boolean {
    const longest = record.end - record.start + longestLineNumber + 2;
    if (this.#length + longest > this.#buffer.length) {
      if (this.#length > 0) return false;
      this.#buffer = Buffer.allocUnsafeSlow(longest);
    }
    this.#writeNumber(record.lineNumber);
    if (this.#allFieldsKept) {
      this.#buffer[this.#length++] = comma;
      this.#writeBytes(record.bytes, record.start, record.end);
    } else {
      for (const field of this.#fields) {
        this.#buffer[this.#length++] = comma;
        this.#writeBytes(record.bytes, fieldStart(record, field), record.start + record.fieldEnds[field]!);
      }
    }
    this.#buffer[this.#length++] = lineFeed;
    return true;
  }

  /** What was gathered, or undefined if nothing was. `giveBack` when nobody reads the buffer any more. */
  take(): { bytes: Uint8Array; giveBack: () => void } | undefined {
    if (this.#length === 0) return undefined;
    const buffer = this.#buffer;
    const bytes = buffer.subarray(0, this.#length);
    this.#buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(copyBufferBytes);
    this.#length = 0;
    return {
      bytes,
      giveBack: () => {
        if (buffer.length === copyBufferBytes) this.#spare.push(buffer);
      },
    };
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

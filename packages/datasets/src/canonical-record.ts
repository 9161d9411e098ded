const quote = 0x22;
const comma = 0x2c;
const needsQuotes = /[",\r\n]/;

/** Writes cells as a line of CSV, in a buffer of its own that is used again for the next one. */
export class CanonicalRecord {
  bytes = new Uint8Array(4_096);
  length = 0;
  fieldCount = 0;
  readonly fieldEnds: Int32Array;
  readonly #encoder = new TextEncoder();

  constructor(fieldLimit: number) {
    this.fieldEnds = new Int32Array(fieldLimit);
  }

  begin(): void {
    this.length = 0;
    this.fieldCount = 0;
  }

  addCell(text: string): void {
    this.#beginCell(text);
    if (needsQuotes.test(text)) {
      this.bytes[this.length++] = quote;
      this.#write(text.replaceAll('"', '""'));
      this.bytes[this.length++] = quote;
    } else {
      this.#write(text);
    }
    this.#endCell();
  }

  /** A cell at fault, as it is: its record is shown to people and never read as CSV. */
  addVerbatim(text: string): void {
    this.#beginCell(text);
    this.#write(text);
    this.#endCell();
  }

  #beginCell(text: string): void {
    // A comma, two quotes, and three bytes for each code unit, or two for a quote in it.
    const most = this.length + 3 + text.length * 3;
    if (most > this.bytes.length) {
      const larger = new Uint8Array(most * 2);
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    if (this.fieldCount > 0) this.bytes[this.length++] = comma;
  }

  #write(text: string): void {
    this.length += this.#encoder.encodeInto(text, this.bytes.subarray(this.length)).written;
  }

  #endCell(): void {
    if (this.fieldCount < this.fieldEnds.length) this.fieldEnds[this.fieldCount] = this.length;
    this.fieldCount++;
  }
}

import { HikyakuError, type RejectCode, type TableDefinition } from '@hikyaku/types';
import { CanonicalRecord } from './canonical-record.ts';
import { decodeString, jsonMembers } from './json-members.ts';
import { columnLimit, headerOf, normalizeHeader, shortenHeader, type TableHeader } from './read-header.ts';
import type { RecordScanner } from './record-scanner.ts';
import { textFault } from './text-fault.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const comma = 0x2c;
const onlySpace = /^[ \t]*$/;
/** The whole line is at fault, not one of its cells. */
const noField = -1;

export interface JsonLinesScannerOptions {
  /** Longest line, in bytes; what is read of it takes many times as much. 1 MiB by default. */
  recordLimitBytes?: number;
}

/**
 * Reads one JSON object a line and shows each as a record with the dataset's columns, in their order: a key means the column
 * whose header (or name) it is. A column without a key is empty, and so are null and the empty string; of a key that comes
 * twice the last counts. Numbers stay as they are written. An object or array is its text in a column of texts.
 *
 * The bytes are UTF-8. A line ends with LF, CRLF or CR, and blank lines are no records, as in `CsvRecordScanner`.
 *
 * `next` throws `HikyakuError` `other-format` (found: `json` or `text`, expected) where the first lines aren't even meant to be JSON Lines.
 */
export class JsonLinesScanner implements RecordScanner {
  bytes: Uint8Array = new Uint8Array(0);
  readonly start = 0;
  end = 0;
  lineNumber = 0;
  fieldCount = 0;
  fault: RejectCode | undefined;
  faultField = noField;
  readonly delimiter = comma;
  expectedFieldCount: number | undefined;
  /** Known before the first byte; keys that are nobody's column are added to `ignoredColumns` as they come. */
  readonly header: TableHeader;

  readonly #fields: ReadonlyMap<string, number>;
  readonly #isText: boolean[];
  readonly #recordLimitBytes: number;
  readonly #record: CanonicalRecord;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #ignored = new Set<string>();
  #chunk: Uint8Array = new Uint8Array(0);
  #position = 0;
  #pending: Uint8Array[] = [];
  #pendingLength = 0;
  #line = 1;
  #lineFeedMayFollow = false;
  #ended = false;
  /** A line of this file was JSON. */
  #isBegun = false;

  constructor(definition: Pick<TableDefinition, 'columns'>, options: JsonLinesScannerOptions = {}) {
    const { columns } = definition;
    this.#recordLimitBytes = options.recordLimitBytes ?? 1024 ** 2;
    this.#fields = new Map(columns.map((column, field) => [normalizeHeader(headerOf(column)), field]));
    this.#isText = columns.map((column) => column.type === 'text');
    this.#record = new CanonicalRecord(columns.length);
    this.header = {
      fieldCount: columns.length,
      columns: columns.map((column, field) => ({ definition: column, field, cell: headerOf(column) })),
      ignoredColumns: [],
    };
  }

  get fieldEnds(): Int32Array {
    return this.#record.fieldEnds;
  }

  get lastLineNumber(): number {
    return this.lineNumber;
  }

  get lineReached(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#position = 0;
    if (this.#lineFeedMayFollow && chunk.length > 0) {
      if (chunk[0] === lineFeed) this.#position = 1;
      this.#lineFeedMayFollow = false;
    }
  }

  finish(): void {
    this.#chunk = new Uint8Array(0);
    this.#position = 0;
    this.#ended = true;
  }

  next(): boolean {
    for (;;) {
      const end = this.#lineEnd();
      if (end === -1 && !(this.#ended && this.#pendingLength > 0)) return false;
      const line = this.#takeLine(end);
      this.lineNumber = this.#line++;
      if (line === undefined) return this.#refuseLine('line-too-long');
      if (this.#read(line)) return true;
    }
  }

  /** Where the line ends in the chunk, or -1 if it goes on in the next one. */
  #lineEnd(): number {
    const chunk = this.#chunk;
    for (let position = this.#position; position < chunk.length; position++) {
      const byte = chunk[position];
      if (byte === lineFeed || byte === carriageReturn) return position;
    }
    this.#keep(chunk.subarray(this.#position));
    this.#position = chunk.length;
    return -1;
  }

  /** The line without its end, or undefined where it is too long; `bytes` shows its beginning then. */
  #takeLine(end: number): Uint8Array | undefined {
    if (end >= 0) {
      this.#keep(this.#chunk.subarray(this.#position, end));
      this.#position = end + 1;
      if (this.#chunk[end] === carriageReturn) {
        if (this.#position === this.#chunk.length) this.#lineFeedMayFollow = true;
        else if (this.#chunk[this.#position] === lineFeed) this.#position++;
      }
    }
    const kept = this.#pending;
    const line = new Uint8Array(kept.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of kept) {
      line.set(piece, at);
      at += piece.length;
    }
    const isTooLong = this.#pendingLength > this.#recordLimitBytes;
    this.#pending = [];
    this.#pendingLength = 0;
    this.bytes = line;
    this.end = line.length;
    return isTooLong ? undefined : line;
  }

  /** Copies, and of a line that is too long no more than the longest may have. */
  #keep(piece: Uint8Array): void {
    const room = this.#recordLimitBytes - this.#pendingLength;
    if (room > 0 && piece.length > 0) this.#pending.push(piece.slice(0, room));
    this.#pendingLength += piece.length;
  }

  /** Whether the line is a record, sound or not. */
  #read(line: Uint8Array): boolean {
    let text: string;
    try {
      text = this.#decoder.decode(line);
    } catch {
      return this.#refuseLine('invalid-encoding');
    }
    if (onlySpace.test(text)) return false;
    if (text.includes('\0')) return this.#refuseLine('nul-character');
    if (!isJsonObject(text)) {
      if (!this.#isBegun) refuseOtherTexts(text);
      return this.#refuseLine('not-json');
    }
    this.#isBegun = true;
    this.#show(text);
    return true;
  }

  #show(text: string): void {
    const sources: (string | undefined)[] = Array.from({ length: this.header.fieldCount });
    for (const { key, source } of jsonMembers(text)) {
      const field = this.#fields.get(normalizeHeader(key));
      if (field === undefined) this.#noteIgnored(key);
      else sources[field] = source;
    }
    this.fault = undefined;
    this.#record.begin();
    for (let field = 0; field < sources.length; field++) this.#addCell(field, sources[field]);
    this.bytes = this.#record.bytes;
    this.end = this.#record.length;
    this.fieldCount = this.#record.fieldCount;
  }

  #addCell(field: number, source: string | undefined): void {
    if (source === undefined || source === 'null') {
      this.#record.addCell('');
      return;
    }
    const begins = source[0];
    const isNested = begins === '{' || begins === '[';
    const text = begins === '"' ? decodeString(source) : source;
    const fault = isNested && !this.#isText[field] ? 'nested-value' : textFault(text);
    if (fault) {
      this.#record.addVerbatim(text);
      if (this.fault === undefined) this.faultField = field;
      this.fault ??= fault;
    } else {
      this.#record.addCell(text);
    }
  }

  #noteIgnored(key: string): void {
    const shown = shortenHeader(key);
    if (this.#ignored.size >= columnLimit || this.#ignored.has(shown)) return;
    this.#ignored.add(shown);
    this.header.ignoredColumns.push(shown);
  }

  #refuseLine(fault: RejectCode): true {
    this.fault = fault;
    this.faultField = noField;
    this.fieldCount = 0;
    return true;
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** One array over the whole file is JSON, but no JSON Lines; what begins with no bracket at all is neither. */
function refuseOtherTexts(text: string): void {
  const begins = text.trimStart()[0];
  if (begins === '{') return;
  throw new HikyakuError('other-format', {
    details: { found: begins === '[' ? 'json' : 'text', expected: 'json-lines' },
  });
}

import { CanonicalRecord, columnLimit, type RecordScanner, textFault } from '@hikyaku/datasets/reading';
import type { RejectCode } from '@hikyaku/types';
import type { NumberMeaning } from './cell-style.ts';
import { damagedWorkbook } from './damaged-workbook.ts';
import { numberText } from './number-text.ts';
import { RichText, type SharedStrings, unescapeText } from './shared-strings.ts';
import { XmlReader } from './xml-reader.ts';

/** What a sheet can have. */
const mostRows = 1_048_576;
const mostColumns = 16_384;
const comma = 0x2c;
const cellTypes = new Set(['s', 'str', 'inlineStr', 'e', 'b', 'd', 'n']);

interface Cell {
  type: string;
  style: number;
  value: string;
}

interface Row {
  number: number;
  cells: Map<number, Cell>;
  /** Where it became too long to be held; the cells from there on are not. */
  tooLongAt: number | undefined;
}

export interface SheetContext {
  strings: SharedStrings;
  styles: readonly NumberMeaning[];
  epoch: 1900 | 1904;
  recordLimitBytes?: number;
}

/**
 * Shows the rows of a sheet as records: the chunks are its XML. Rows without a value are no records. The first row decides how
 * many columns there are; cells to the right of it are notes and nobody's. A formula is its value, an error is a fault.
 * Lines are the sheet's rows.
 *
 * `push`, `finish` and `next` throw `HikyakuError` `damaged-workbook`.
 */
export class SheetScanner implements RecordScanner {
  bytes: Uint8Array = new Uint8Array(0);
  readonly start = 0;
  end = 0;
  lineNumber = 0;
  fieldCount = 0;
  fault: RejectCode | undefined;
  faultField = 0;
  readonly delimiter = comma;
  expectedFieldCount: number | undefined;

  readonly #context: SheetContext;
  readonly #recordLimitBytes: number;
  readonly #record = new CanonicalRecord(columnLimit);
  readonly #reader: XmlReader;
  readonly #text: RichText;
  /** Rows of the last chunk that nobody has asked for yet. */
  #rows: Row[] = [];
  #nextRow = 0;
  #rowNumber = 0;
  #column = 0;
  #row: Row | undefined;
  #cell: Cell | undefined;
  #isValue = false;
  /** Characters that the row at hand may still have. */
  #room = 0;
  #width: number | undefined;

  constructor(context: SheetContext) {
    this.#context = context;
    this.#recordLimitBytes = context.recordLimitBytes ?? 4 * 1024 ** 2;
    this.#text = new RichText(this.#recordLimitBytes);
    this.#reader = new XmlReader('sheet', {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (text) => this.#addText(text),
    });
  }

  get fieldEnds(): Int32Array {
    return this.#record.fieldEnds;
  }

  get lastLineNumber(): number {
    return this.lineNumber;
  }

  get lineReached(): number {
    return this.lineNumber + 1;
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  finish(): void {
    this.#reader.finish();
  }

  next(): boolean {
    const row = this.#rows[this.#nextRow];
    if (!row) {
      this.#rows = [];
      this.#nextRow = 0;
      return false;
    }
    this.#nextRow++;
    this.#show(row);
    return true;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#beginRow(attributes['r']);
        break;
      case 'c':
        this.#beginCell(attributes);
        break;
      case 'v':
        this.#isValue = true;
        break;
      case 'is':
        this.#text.begin();
        break;
      default:
        this.#text.open(name);
    }
  }

  #close(name: string): void {
    switch (name) {
      case 'row':
        this.#endRow();
        break;
      case 'c':
        this.#endCell();
        break;
      case 'v':
        this.#isValue = false;
        break;
      case 'is':
        if (this.#text.isTooLong) this.#refuseRow();
        else this.#addValue(this.#text.end());
        this.#text.begin();
        break;
      default:
        this.#text.close(name);
    }
  }

  #addText(text: string): void {
    if (this.#isValue && this.#cell) this.#addValue(text);
    else this.#text.add(text);
  }

  /** A row is held until it ends: no more of it than a record may have, and nothing of what is nobody's. */
  #addValue(value: string): void {
    if (!this.#cell || this.#isNobodys()) return;
    this.#room -= value.length;
    if (this.#room < 0) this.#refuseRow();
    else this.#cell.value += value;
  }

  #refuseRow(): void {
    if (this.#row && !this.#isNobodys()) this.#row.tooLongAt ??= this.#column;
  }

  #isNobodys(): boolean {
    return this.#width !== undefined && this.#column > this.#width;
  }

  /** Rows and cells may go without saying where they are: behind the one before. */
  #beginRow(said: string | undefined): void {
    const number = said === undefined ? this.#rowNumber + 1 : Number(said);
    if (!Number.isInteger(number) || number <= this.#rowNumber || number > mostRows) throw damagedWorkbook('row');
    this.#rowNumber = number;
    this.#column = 0;
    this.#room = this.#recordLimitBytes;
    this.#row = { number, cells: new Map(), tooLongAt: undefined };
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (!row || (row.cells.size === 0 && row.tooLongAt === undefined)) return;
    this.#width ??= Math.max(...row.cells.keys(), row.tooLongAt ?? 0);
    this.#rows.push(row);
  }

  #beginCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes['r'];
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference);
    if (!(this.#column >= 1 && this.#column <= mostColumns)) throw damagedWorkbook('cell');
    const type = attributes['t'] ?? 'n';
    this.#cell = { type: cellTypes.has(type) ? type : 'n', style: Number(attributes['s'] ?? 0), value: '' };
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (cell && cell.value !== '') this.#row?.cells.set(this.#column, cell);
  }

  #show(row: Row): void {
    this.lineNumber = row.number;
    this.fault = undefined;
    this.#record.begin();
    for (let column = 1; column <= (this.#width ?? 0); column++) {
      const cell = row.cells.get(column);
      if (column === row.tooLongAt || this.#record.length > this.#recordLimitBytes)
        this.#refuse('line-too-long', column);
      const text = cell && this.fault !== 'line-too-long' ? this.#textOf(cell) : '';
      const fault = cell?.type === 'e' ? 'error-cell' : textFault(text);
      if (fault) this.#refuse(fault, column);
      this.#record.addCell(text);
    }
    this.bytes = this.#record.bytes;
    this.end = this.#record.length;
    this.fieldCount = this.#record.fieldCount;
  }

  #refuse(fault: RejectCode, column: number): void {
    if (this.fault !== undefined) return;
    this.fault = fault;
    this.faultField = column - 1;
  }

  #textOf({ type, style, value }: Cell): string {
    const { strings, styles, epoch } = this.#context;
    switch (type) {
      case 's':
        return strings.get(Number(value));
      case 'str':
        return unescapeText(value);
      case 'inlineStr':
      case 'e':
        return value;
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'd':
        return value.replace(/T00:00:00(\.0+)?Z?$/, '');
      default:
        return numberText(value, styles[style] ?? 'number', epoch);
    }
  }
}

/** `AB12` is column 28. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length && index < 4; index++) {
    const letter = reference.charCodeAt(index) - 0x40;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column;
}

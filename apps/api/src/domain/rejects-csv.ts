import { splitRecord } from '@hikyaku/datasets/reading';
import type { RejectHeader, RejectLine } from '@hikyaku/db';
import { rejectsFileText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import { type Encoding, encodingOf } from './encoding-of.ts';
import { rejectReasons } from './reject-reasons.ts';
import type { RejectsWriter } from './rejects-writer.ts';

/** What a spreadsheet takes for the beginning of a formula. */
const beginsFormula = /^[=+\-@\t\r]/;
const isNumber = /^[+-]?\d+(\.\d+)?$/;

/**
 * CSV with the sender's lines as they were sent, and two columns of ours behind them. The rows of a workbook never were CSV:
 * a text of theirs that a spreadsheet would take for a formula is made harmless.
 */
export function createRejectsCsv(form: RejectHeader, locale: Locale): RejectsWriter {
  const encoding = encodingOf(form.encoding);
  const { encode } = encoding;
  const text = rejectsFileText[locale];
  const write = (cells: string[]) => cells.map((cell) => writeCell(cell, form.delimiter)).join(form.delimiter);
  const ownCells = (cells: string[]) => encode(`${form.delimiter}${write(cells.map(harmless))}${form.newline}`);
  const columns = fieldCount(encoding.decode(form.header), form.delimiter);
  const asSent = form.format === 'xlsx' ? (raw: Uint8Array) => harmlessRow(raw, encoding, write) : asItIs;

  const line = ({ lineNumber, raw, faults }: RejectLine): Buffer[] => {
    const cells = ownCells([String(lineNumber), rejectReasons({ raw, faults }, locale).join(text.between)]);
    if (!raw) return [encode(form.delimiter.repeat(columns - 1)), cells];
    // Or what is left open would swallow what stands behind it.
    const isOpen = faults.some(({ code }) => code === 'unclosed-quote');
    return [asSent(raw), encode(isOpen ? '"' : ''), cells];
  };
  return {
    contentType: `text/${form.format === 'tsv' ? 'tab-separated-values' : 'csv'}; charset=${encoding.charset}`,
    ending: form.format === 'tsv' ? '.tsv' : '.csv',
    head() {
      const mark = form.byteOrderMark ? encode('\uFEFF') : Buffer.alloc(0);
      return Buffer.concat([mark, asSent(form.header), ownCells([text.lineHeading, text.reasonHeading])]);
    },
    lines: (lines) => Buffer.concat(lines.flatMap(line)),
  };
}

function asItIs(raw: Uint8Array): Buffer {
  return Buffer.from(raw);
}

function harmlessRow(raw: Uint8Array, { encode, decode }: Encoding, write: (cells: string[]) => string): Buffer {
  const cells = splitRecord(decode(raw));
  return encode(write(cells.map((cell) => (isNumber.test(cell) ? cell : harmless(cell)))));
}

function harmless(value: string): string {
  return beginsFormula.test(value) ? `'${value}` : value;
}

function writeCell(value: string, delimiter: string): string {
  return /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}

function fieldCount(header: string, delimiter: string): number {
  let fields = 1;
  let isQuoted = false;
  for (const character of header) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) fields++;
  }
  return fields;
}

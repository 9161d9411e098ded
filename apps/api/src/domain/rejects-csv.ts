import type { RejectHeader, RejectLine } from '@hikyaku/db';
import { describeRejectReason, rejectsFileText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
/** What a spreadsheet takes for the beginning of a formula. */
const beginsFormula = /^[=+\-@\t\r]/;

/** Writes refused lines as the file they came from writes its lines; what is ours stands in two columns behind them. */
export interface RejectsCsv {
  contentType: string;
  head(): Buffer;
  lines(lines: readonly RejectLine[]): Buffer;
}

/** The encodings that files are taken in with; a text of ours that one of them can't write becomes what it can. */
const encoders: Record<string, { charset: string; encode: (text: string) => Buffer; mark: Buffer }> = {
  'utf-8': { charset: 'utf-8', encode: (text) => Buffer.from(text), mark: byteOrderMark },
};

export function createRejectsCsv(form: RejectHeader, locale: Locale): RejectsCsv {
  const encoding = encoders[form.encoding];
  if (!encoding) throw new Error(`no encoder for ${form.encoding}`);
  const { encode, mark, charset } = encoding;
  const text = rejectsFileText[locale];
  const ownCells = (cells: string[]) => encode(`,${cells.map(ownCell).join(',')}${form.newline}`);
  const columns = fieldCount(form.header);

  const line = ({ lineNumber, raw, faults }: RejectLine): Buffer[] => {
    const reasons = faults.map(({ column, code, details }) => describeRejectReason({ column, code, details }, locale));
    if (!raw) reasons.push(text.tooLong);
    const cells = ownCells([String(lineNumber), reasons.join(text.between)]);
    return [raw ? Buffer.from(raw) : encode(','.repeat(columns - 1)), cells];
  };
  return {
    contentType: `text/csv; charset=${charset}`,
    head() {
      const headings = ownCells([text.lineHeading, text.reasonHeading]);
      return Buffer.concat([form.byteOrderMark ? mark : Buffer.alloc(0), form.header, headings]);
    },
    lines: (lines) => Buffer.concat(lines.flatMap(line)),
  };
}

/** Cells of the sender stay as they were sent; this is for those that we write. */
function ownCell(value: string): string {
  const harmless = beginsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function fieldCount(header: Uint8Array): number {
  let fields = 1;
  let isQuoted = false;
  for (const byte of header) {
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (byte === 0x2c && !isQuoted) fields++;
  }
  return fields;
}

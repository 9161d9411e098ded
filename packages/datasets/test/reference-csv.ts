/** A record as the reference and the scanner must agree on it. `text` holds the bytes of a sound record as Latin-1. */
export interface ReferenceRecord {
  lineNumber: number;
  fault: string | undefined;
  text?: string;
  fieldCount?: number;
}

/** The same rules written once more the slow way: the whole file as one string, fields by regular expressions. */
export function parseByReference(
  file: Buffer,
  fieldCount?: number,
): ReferenceRecord[] | { error: string; line: number } {
  const text = file.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const records: ReferenceRecord[] = [];
  let position = 0;
  const lineAt = (index: number) => text.slice(0, index).split('\n').length;
  const match = (pattern: RegExp) => new RegExp(pattern, 'y').exec(matchFrom(text, position))?.[0];

  while (position < text.length) {
    const blank = match(/\r?\n/);
    if (blank !== undefined) {
      position += blank.length;
      continue;
    }
    const start = position;
    let fields = 0;
    let fault: string | undefined;
    while (true) {
      const fieldAt = position;
      if (text[position] === '"') {
        position += match(/"(?:[^"]|"")*/)!.length;
        if (position === text.length) return { error: 'unclosed-quote', line: lineAt(fieldAt) };
        position++;
      } else {
        position += match(/[^",\r\n]*/)!.length;
      }
      if (text.slice(fieldAt, position).includes('\0')) fault ??= 'nul-character';
      fields++;
      if (match(/,/) === undefined) break;
      position++;
    }
    const end = position;
    const ending = match(/\r?\n/);
    if (ending !== undefined) position += ending.length;
    else if (position < text.length) {
      fault ??= text[position] === '\r' ? 'stray-carriage-return' : 'stray-quote';
      position += match(/[^\n]*\n?/)!.length;
    }
    const record = text.slice(start, end);
    const line = text.slice(start, position).replace(/\r?\n$/, '');
    if (!fault && !isValid(line)) fault = 'invalid-encoding';
    if (!fault && fieldCount !== undefined && fields !== fieldCount) fault = 'wrong-column-count';
    records.push({ lineNumber: lineAt(start), fault, ...(fault ? {} : { text: record, fieldCount: fields }) });
  }
  return records;
}

function matchFrom(text: string, position: number): string {
  return text.slice(position);
}

function isValid(latin1: string): boolean {
  const bytes = Buffer.from(latin1, 'latin1');
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

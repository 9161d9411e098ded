/** A record as the reference and the scanner must agree on it. `text` holds the bytes of a sound record as Latin-1. */
export interface ReferenceRecord {
  lineNumber: number;
  fault: string | undefined;
  text?: string;
  fieldCount?: number;
}

/** The same rules written once more the slow way: the whole file as one string, fields by regular expressions. */
export function parseByReference(file: Buffer, fieldCount?: number, delimiter = ','): ReferenceRecord[] {
  const text = file.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const records: ReferenceRecord[] = [];
  let position = 0;
  const lineAt = (index: number) => text.slice(0, index).split(/\r\n|\r|\n/).length;
  const match = (pattern: RegExp) => new RegExp(pattern, 'y').exec(matchFrom(text, position))?.[0];
  const unquoted = new RegExp(`[^"\\r\\n${delimiter}]*`);

  while (position < text.length) {
    const blank = match(/\r?\n|\r/);
    if (blank !== undefined) {
      position += blank.length;
      continue;
    }
    const start = position;
    const fields: string[] = [];
    let fault: string | undefined;
    while (true) {
      const fieldAt = position;
      if (text[position] === '"') {
        position += match(/"(?:[^"]|"")*/)!.length;
        const isOpen = position === text.length;
        const isFollowed = /[^\r\n]/.test(text[position + 1] ?? '\n') && text[position + 1] !== delimiter;
        if (isOpen || (isFollowed && /[\r\n]/.test(text.slice(fieldAt, position)))) {
          fault = 'unclosed-quote';
          position = fieldAt;
          break;
        }
        position++;
      } else {
        position += match(unquoted)!.length;
      }
      if (text.slice(fieldAt, position).includes('\0')) fault ??= 'nul-character';
      fields.push(text.slice(fieldAt, position));
      if (text[position] !== delimiter) break;
      position++;
    }
    const ending = match(/\r?\n|\r/);
    if (ending !== undefined) position += ending.length;
    else if (position < text.length) {
      fault ??= 'stray-quote';
      position += match(/[^\r\n]*(?:\r?\n|\r)?/)!.length;
    }
    const line = text.slice(start, position).replace(/(\r?\n|\r)$/, '');
    if (!fault && !isValid(line)) fault = 'invalid-encoding';
    if (!fault && fieldCount !== undefined && fields.length !== fieldCount) fault = 'wrong-column-count';
    const record = fields.map((field) => (/^[^"].*,|^,/s.test(field) && delimiter !== ',' ? `"${field}"` : field));
    const sound = { text: record.join(','), fieldCount: fields.length };
    records.push({ lineNumber: lineAt(start), fault, ...(fault ? {} : sound) });
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

const quote = '"';
const backslash = '\\';

/**
 * The members of an object in the text of a JSON value that `JSON.parse` has read before, with each value as it is written:
 * no number is rounded. Nothing of what the parser has checked is checked again.
 */
export function* jsonMembers(text: string): Generator<{ key: string; source: string }> {
  let position = text.indexOf('{') + 1;
  for (;;) {
    position = skipSpace(text, position);
    if (text[position] === '}') return;
    const keyEnd = stringEnd(text, position);
    const key = decodeString(text.slice(position, keyEnd));
    const start = skipSpace(text, text.indexOf(':', keyEnd) + 1);
    const end = valueEnd(text, start);
    yield { key, source: text.slice(start, end) };
    position = skipSpace(text, end);
    if (text[position] === ',') position++;
  }
}

/** What a JSON string says; `source` with its quotes. */
export function decodeString(source: string): string {
  return source.includes(backslash) ? String(JSON.parse(source)) : source.slice(1, -1);
}

function skipSpace(text: string, start: number): number {
  let position = start;
  while (text.charCodeAt(position) <= 0x20) position++;
  return position;
}

/** Behind the closing quote of the string that begins here. */
function stringEnd(text: string, start: number): number {
  for (let position = start + 1; ; position++) {
    if (text[position] === backslash) position++;
    else if (text[position] === quote) return position + 1;
  }
}

function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let position = start; ;) {
    switch (text[position]) {
      case quote:
        position = stringEnd(text, position);
        if (depth === 0) return position;
        continue;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        if (depth === 0) return trimmedEnd(text, position);
        if (--depth === 0) return position + 1;
        break;
      case ',':
        if (depth === 0) return trimmedEnd(text, position);
        break;
      default:
    }
    position++;
  }
}

function trimmedEnd(text: string, end: number): number {
  let position = end;
  while (text.charCodeAt(position - 1) <= 0x20) position--;
  return position;
}

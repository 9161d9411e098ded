/** Where something stands in a text, both counted from 1; a column is one UTF-16 unit, as editors count. */
export interface SourcePosition {
  line: number;
  column: number;
}

export function sourcePosition(text: string, offset: number): SourcePosition {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

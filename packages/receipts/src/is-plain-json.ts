/**
 * Whether a text is what its parsed value says, whatever its spaces and escapes: no name stands twice, of which a parser takes one and a
 * person may read the other.
 */
export function isPlainJson(text: string, value: unknown): boolean {
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[^"\s]+/g) ?? [];
  const written = parts.map((part) => (part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : part)).join('');
  return written === JSON.stringify(value);
}
